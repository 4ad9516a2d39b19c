import assert from "node:assert/strict";
import { asDoc } from "../engine/tools.ts";
import type { Doc } from "../engine/types.ts";
import type { ArrivedRequest, ConformanceClient, Subject } from "./subject.ts";

/** What a case works with: a client nobody used, and the conversation as it was. */
export interface Scene {
  readonly subject: Subject;
  readonly client: ConformanceClient;
  /** Requests that look the id up, once. */
  readonly lookups: number;
  /** Reads before every write. */
  readonly reads: number;
  /** The metadata before the case. */
  readonly seeded: Doc | undefined;
  stored(): Doc;
  /** The metadata as it is kept now. */
  kept(): Doc;
  /** Whether the vendor takes each key of the metadata by itself (`write: "patch"`): no merge needs a read. */
  readonly patches: boolean;
  /** The metadata of the last write; undefined where it had none. */
  written(): unknown;
  requests(): readonly ArrivedRequest[];
  writes(): readonly ArrivedRequest[];
}

/** What must hold, by name. */
export type Requirements = Readonly<Record<string, (scene: Scene) => Promise<void>>>;

export async function setScene(subject: Subject): Promise<Scene> {
  const { backend, provider, write, lookups = 0, reads = 0 } = subject;
  await backend.reset();
  const stored = (): Doc => backend.stored();
  const field = provider.metadata?.field ?? "metadata";
  const requests = (): readonly ArrivedRequest[] => backend.requests();
  const writes = (): readonly ArrivedRequest[] => requests().filter(({ method }) => method === write.method);
  return {
    subject,
    client: subject.connect(),
    lookups,
    reads,
    patches: provider.metadata?.write === "patch",
    // Of that name, a vendor without metadata may have something else.
    seeded: provider.metadata === null ? undefined : (stored()[field] as Doc | undefined),
    stored,
    kept: () => asDoc(stored()[field]),
    written: () => asDoc(writes().at(-1)?.body)[field],
    requests,
    writes,
  };
}

/** The fields of `expected` stand in `actual`, exactly; others may be there too. */
export function holds(actual: unknown, expected: Doc): void {
  for (const [name, value] of Object.entries(expected)) assert.deepEqual((actual as Doc)[name], value, name);
}

/** The call rejects with an error that has these facts; the error is returned. */
export async function refused(call: Promise<unknown>, facts: Doc): Promise<Doc & Error> {
  const error = await call.then(
    () => assert.fail(`It did not reject with ${JSON.stringify(facts)}.`),
    (reason: unknown) => reason,
  );
  if (error instanceof assert.AssertionError) throw error;
  holds(error, facts);
  return error as Doc & Error;
}
