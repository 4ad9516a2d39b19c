/** What `@convo/core` keeps for all its copies in a process (its src/update/turns.ts); its shape has the number in the name. */
const REGISTRY: unique symbol = Symbol.for("@convo/core/turns/1") as never;

/**
 * Makes `@convo/core`, if it is in this process, forget which writes to these base URLs, or to any, got no answer: once what they were sent to is
 * reset or closed none can take effect any more. Not by an import: the sandbox depends on nothing of ours, and several copies of core may be loaded.
 */
export function forgetUnanswered(baseUrls?: readonly string[]): void {
  const registry = globalThis as { [REGISTRY]?: { readonly unanswered?: Map<string, number> } };
  const { unanswered = new Map<string, number>() } = registry[REGISTRY] ?? {};
  for (const key of unanswered.keys())
    if (!baseUrls || baseUrls.some((baseUrl) => key.includes(` ${baseUrl} `))) unanswered.delete(key);
}
