export { fromDrizzle, fromKnex, fromKysely, fromPrisma } from "pg-boss";
export type { Transaction } from "./database.ts";
export { type Estimate, estimate, type Workload } from "./estimate.ts";
export type { HistoryFilter, PatchRecord, Replay } from "./history.ts";
export type { Counts } from "./patches.ts";
export {
  type ChangesOf,
  createQueue,
  type EnqueueOptions,
  type Queue,
  type QueueOptions,
  type RunningWorker,
  type WorkOptions,
} from "./queue.ts";
export type { RateLimit } from "./rate.ts";
export type { Accounts } from "./worker.ts";
