import { inMetadata } from "../metadata/json.ts";
import type { Provider } from "../provider/provider.ts";
import type { Warning } from "../types/conversation.ts";
import { createWarning } from "./change.ts";

/**
 * Warnings of a plan about metadata keys that are to be removed at a vendor that may keep them, which only its answer can tell. Pure.
 *
 * @param names what the caller calls a key whose value is a common field
 */
export function uncertainRemovals(
  { name, metadata }: Pick<Provider, "name" | "metadata">,
  keys: readonly string[],
  names: ReadonlyMap<string, string> = new Map(),
): Warning[] {
  if (metadata?.write !== "unknown" && metadata?.write !== "merge") return [];
  const why =
    metadata.write === "merge"
      ? `${name} merges metadata, so the key stays and the update fails with not_applied`
      : `${name} does not document whether a write replaces metadata or merges it; if it merges, the key stays and the update fails with not_applied`;
  return keys.map((key) => {
    const field = names.get(inMetadata(key)) ?? inMetadata(key);
    return createWarning(name, "unset_uncertain", field, `${field} may not be removed: ${why}`);
  });
}
