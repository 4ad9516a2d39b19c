// Starter for Node, without one `import`: <port> <run>. The steps are compiled to CommonJS; the packages are as they come.
const { smoke } = require("../cjs/smoke.js");

const [port, run] = process.argv.slice(2);
smoke(`http://127.0.0.1:${port}`, run, `http://localhost:${port}`).then((steps) => {
  const loaded = Object.keys(require.cache).filter((file) => file.includes("@convo"));
  if (!loaded.length || loaded.some((file) => !/[\\/]dist[\\/]cjs[\\/]/.test(file)))
    throw new Error(`${loaded}`);
  console.log(JSON.stringify({ runtime: `Node ${process.versions.node}`, steps }));
});
