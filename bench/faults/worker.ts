/** One client in a process of its own: plays the scenarios it is told to, one after the other. */
import { type SubjectName, subjects } from "../clients.ts";
import { observe, type Server, unhandled } from "./observe.ts";
import { scenarios } from "./scenarios/index.ts";

process.on("unhandledRejection", (reason) => void unhandled.push(String(reason)));
process.on("disconnect", () => process.exit());

const [name, server] = process.argv.slice(2) as [SubjectName, string];
const where = JSON.parse(server) as Server;
const subject = await subjects[name]();
process.on("message", async (index: number) => {
  const scenario = scenarios[index];
  if (!scenario) return;
  process.send?.(await observe(subject, scenario, `${name}-${index}`, where));
});
process.send?.("ready");
