/** The clients that are compared, behind one small face. Each is loaded only where it is measured. */
import type { Subject } from "./api.ts";
import { convoFetch, convoUndici } from "./convo.ts";
import { heyApi } from "./hey-api.ts";
import { datagrid, letta, openai } from "./official.ts";
import { limitedFetch, openapiFetch, plainFetch } from "./plain.ts";

/** How to get each client. The first two are ours, the last does nothing for its caller: the measure of cost. */
export const subjects = {
  "convo-fetch": convoFetch,
  "convo-undici": convoUndici,
  openai,
  letta,
  datagrid,
  "openapi-fetch": openapiFetch,
  "hey-api": heyApi,
  "fetch-limited": limitedFetch,
  fetch: plainFetch,
} as const satisfies Record<string, () => Promise<Subject>>;

export type SubjectName = keyof typeof subjects;

/** Whether a client is ours: it is held to more. */
export const isOurs = (name: string): boolean => name.startsWith("convo-");
