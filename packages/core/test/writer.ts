/** One of several processes that merge into one conversation: `writer.ts <base URL> <name> <merges> <at once>`; prints the kinds of its failures. */
import { agentsight, createConvo, isConvoError } from "../src/index.ts";

const [baseUrl = "", name = "", count = "0", parallel = "1"] = process.argv.slice(2);
const convo = createConvo({
  agentsight: agentsight({ baseUrl, apiKey: process.env.AGENTSIGHT_API_KEY ?? null }),
});
const failed: Record<string, string> = {};

async function merge(n: number): Promise<void> {
  const key = `${name}_${n}`;
  try {
    await convo.agentsight.update(42, { metadata: { [key]: n } }, { verify: true });
  } catch (error) {
    failed[key] = isConvoError(error) ? error.kind : String(error);
  }
}
for (let n = 0; n < Number(count); n += Number(parallel))
  await Promise.all(
    Array.from({ length: Math.min(Number(parallel), Number(count) - n) }, (_, k) => merge(n + k)),
  );
process.stdout.write(JSON.stringify(failed));
