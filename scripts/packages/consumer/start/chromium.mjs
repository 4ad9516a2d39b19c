// Runs in Node: <playwright's main file> <browser> <port> <run>. The smoke test in a page, then in a dedicated worker.
const [playwright, executablePath, port, run] = process.argv.slice(2);
const { default: drivers } = await import(playwright);
const off = ["background-networking", "component-update", "sync", "quic", "gpu"].map(
  (name) => `--disable-${name}`,
);
const args = ["--no-sandbox", "--no-first-run", "--no-proxy-server", ...off];
const browser = await drivers.chromium.launch({ executablePath, args });
try {
  const page = await browser.newPage();
  await page.goto(`http://localhost:${port}/page.html?${run}-page`);
  const reports = [
    await page.evaluate(() => globalThis.report),
    await page.evaluate(inWorker, `${run}-worker`),
  ];
  for (const { error } of reports) if (error) throw new Error(error);
  const steps = reports.flatMap(({ steps }) => steps);
  console.log(JSON.stringify({ runtime: `Chromium ${browser.version()}`, steps }));
} finally {
  await browser.close();
}

function inWorker(name) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(`/bundle.js?${name}`, { type: "module" });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
}
