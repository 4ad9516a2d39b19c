/** One client in a process of its own: plays the scenarios it is told to. */
import { type SubjectName, subjects } from "../clients/index.ts";
import { observe, type Server, unhandled } from "./observe.ts";
import { scenarios } from "./scenarios/index.ts";

process.on("unhandledRejection", (reason) => void unhandled.push(String(reason)));
process.on("disconnect", () => process.exit());

const [name, label, server] = process.argv.slice(2) as [SubjectName, string, string];
const where = JSON.parse(server) as Server;
const subject = await subjects[name]();
// The first call of a process loads much; short timeouts are not about that.
const baseUrl = `${where.origins.main}/warm-up-${scenarios.length}/v1`;
await subject.make({ apiKey: "sk-warm-up", baseUrl, headers: {} }).read("conv_1");
process.on("message", async (number: number) => {
  const scenario = scenarios[number];
  if (!scenario) return;
  process.send?.({ number, observation: await observe(subject, scenario, `${label}-${number}`, where) });
});
process.send?.("ready");
