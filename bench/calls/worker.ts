/** One client in a process of its own: makes calls when it is told to, and says what they cost. */
import { takeTasks } from "../child.ts";
import { type SubjectName, subjects } from "../clients/index.ts";
import { cpuUs } from "../cpu.ts";

/** A number of updates, so many at a time. */
export interface Task {
  readonly calls: number;
  readonly inFlight: number;
}

/** What they cost this process. */
export interface Cost {
  /** User and system CPU time per call, in microseconds. */
  readonly cpuUs: number;
  readonly callsPerSecond: number;
}

const [name, baseUrl] = process.argv.slice(2) as [SubjectName, string];
const api = (await subjects[name]()).make({ apiKey: "sk-bench", baseUrl, headers: {} });
const metadata = { topic: "billing", language: "en", status: "open" };

// No collection is forced before: after one V8 compiles the hot code again, which trebled the cost of every client.
async function measure({ calls, inFlight }: Task): Promise<Cost> {
  let left = calls;
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const { id } = (await api.update("conv_1", metadata)) as { id?: string };
      if (id !== "conv_1") throw new Error(`${name} did not return the conversation`);
    }
  };
  const begun = performance.now();
  const us = await cpuUs(() => Promise.all(Array.from({ length: inFlight }, lane)));
  return { cpuUs: us / calls, callsPerSecond: (calls / (performance.now() - begun)) * 1000 };
}

takeTasks(measure);
