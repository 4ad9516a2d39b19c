#!/usr/bin/env node
/** The `convo` command. Nothing but this file is loaded on a Node that is too old for the rest. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`convo needs Node 22.13 or newer, and this is Node ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  // Compiled code is kept between runs: it takes a third off the start.
  void import("node:module").then(({ enableCompileCache }) => {
    enableCompileCache();
    return import("./program.ts").then(({ main }) => main(process.argv.slice(2)));
  });
}
