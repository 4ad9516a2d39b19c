import { queueError } from "./errors.ts";

/** What an estimate starts from. What is not given has the figure measured by `pnpm bench:queue`. */
export interface Workload {
  /** Patches to be enqueued. */
  readonly patches: number;
  /** Conversations they are for. Default: one patch each. */
  readonly conversations?: number;
  /** Requests a second that the vendor allows for all accounts together; the usual bottleneck. */
  readonly requestsPerSecond: number;
  /** Requests that one write takes: 2 for a metadata merge, 1 for fields only. Default 2. */
  readonly requestsPerWrite?: number;
  /** Milliseconds that the vendor takes for one request. Default 200. */
  readonly latencyMs?: number;
  /** Writes a second that one worker process manages when no vendor limits it. Default 250. */
  readonly writesPerWorker?: number;
  /** Patches a second that one process enqueues. Default 5,000. */
  readonly enqueuePerSecond?: number;
  /** Bytes of one patch in Postgres, indexes and wake-up included. Default 900, for changes of 100 bytes. */
  readonly bytesPerPatch?: number;
  /** Price of one worker or database hour, for the cost. Default 0.5 of any currency. */
  readonly pricePerHour?: number;
}

/** What a workload needs. Hours are those of the slowest part, which `bottleneck` names. */
export interface Estimate {
  /** Vendor writes: one per conversation where patches come faster than they are written. */
  readonly writes: number;
  /** Requests to the vendor. */
  readonly requests: number;
  /** Hours until the last patch is written. */
  readonly hours: number;
  /** What takes longest: the vendor's limit, or enqueueing. */
  readonly bottleneck: "vendor" | "enqueue";
  /** Worker processes that keep up with the vendor's limit. */
  readonly workers: number;
  /** Updates that have to be under way at once to use the limit up. */
  readonly concurrency: number;
  /** Hours to enqueue everything from one process. */
  readonly enqueueHours: number;
  /** Rows at the peak if everything is enqueued at once. */
  readonly rows: number;
  /** Size of the tables at the peak, in units of 10^9 bytes. */
  readonly gigabytes: number;
  /** Partitions of 50 million rows, above which vacuum of one table takes hours. */
  readonly partitions: number;
  /** Of workers and database together, in the currency of `pricePerHour`. */
  readonly cost: number;
}

/**
 * How long a workload takes and what it needs.
 *
 * @throws ConvoError of kind `invalid` for figures that are not positive
 */
export function estimate(workload: Workload): Estimate {
  for (const [name, value] of Object.entries(workload))
    if (value !== undefined && !(Number.isFinite(value) && value > 0))
      throw queueError("invalid", `${name} must be a positive number`, "Correct it.");
  const {
    patches,
    conversations = patches,
    requestsPerSecond,
    requestsPerWrite = 2,
    latencyMs = 200,
    writesPerWorker = 250,
    enqueuePerSecond = 5000,
    bytesPerPatch = 900,
    pricePerHour = 0.5,
  } = workload;
  const writes = Math.min(conversations, patches);
  const requests = writes * requestsPerWrite;
  const vendorHours = requests / requestsPerSecond / 3600;
  const enqueueHours = patches / enqueuePerSecond / 3600;
  const hours = Math.max(vendorHours, enqueueHours);
  const workers = Math.ceil(requestsPerSecond / requestsPerWrite / writesPerWorker);
  return {
    writes,
    requests,
    hours,
    bottleneck: vendorHours >= enqueueHours ? "vendor" : "enqueue",
    workers,
    concurrency: Math.ceil((requestsPerSecond * latencyMs) / 1000),
    enqueueHours,
    rows: patches + writes,
    gigabytes: (patches * bytesPerPatch) / 1e9,
    partitions: Math.ceil((patches + writes) / 50e6),
    cost: hours * pricePerHour * (workers + 1),
  };
}
