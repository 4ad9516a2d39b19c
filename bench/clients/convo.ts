import type { ClientOptions, Fetch } from "@convo/client";
import { nameOf, type Subject } from "./api.ts";

/** `@convo/openai`, and for `check` the provider of `@convo/core` over it. */
async function convo(fetch?: Fetch): Promise<Subject> {
  const { createOpenAIClient } = await import("@convo/openai");
  const { isConvoError } = await import("@convo/client");
  const { createConvo, openai } = await import("@convo/core");
  return {
    hasDeadline: true,
    make: (setup) => {
      const options: Omit<ClientOptions, "observe"> = { ...setup, ...(fetch && { fetch }) };
      const client = createOpenAIClient(options);
      return {
        client,
        read: (id, signal) => client.getConversation(id, signal && { signal }),
        update: (id, metadata, signal) => client.updateConversation(id, { metadata }, signal && { signal }),
        create: (metadata, signal) => client.createConversation({ metadata }, signal && { signal }),
        check: async (id, signal) =>
          (await createConvo({ openai: openai(options) }).openai.get(id, signal && { signal })).raw,
      };
    },
    explain: (error) => {
      if (!isConvoError(error)) return { typed: false, name: nameOf(error) };
      const { name, kind, status, outcome, retryAfterMs } = error;
      return {
        typed: true,
        name: `${name} ${kind}`,
        kind,
        ...(status && { status }),
        ...(outcome && { outcome }),
        ...(retryAfterMs && { retryAfterMs }),
      };
    },
  };
}

/** Over the platform's `fetch`. */
export const convoFetch = (): Promise<Subject> => convo();

/** Over undici's dispatcher. */
export const convoUndici = async (): Promise<Subject> =>
  convo((await import("@convo/client/undici")).undiciFetch());
