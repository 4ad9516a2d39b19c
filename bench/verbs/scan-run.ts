/** A scan in a process of its own: `<origin> <rows>`; tells what it found, and the heap during the scan. */
import { createConvo, datagrid } from "@convo/core";

const [baseUrl = "", rows] = process.argv.slice(2);
const convo = createConvo({ datagrid: datagrid({ apiKey: "sk-bench", baseUrl }) });
const live = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

const begun = performance.now();
let scanned = 0;
let found = 0;
let heapAtTenth = 0;
for await (const page of convo.datagrid.list({ filter: { name: "needle" }, scan: true }).pages()) {
  scanned += page.scanned;
  found += page.items.length;
  if (heapAtTenth === 0 && scanned >= Number(rows) / 10) heapAtTenth = live();
}
process.send?.({ scanned, found, heapAtTenth, heapAtEnd: live(), ms: performance.now() - begun });
process.disconnect?.();
