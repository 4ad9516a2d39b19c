import type { MetadataDiff } from "../metadata/diff.ts";
import type { Json, Metadata } from "../metadata/json.ts";
import type { Headroom } from "../metadata/limits.ts";
import type { Conversation, Warning } from "./conversation.ts";

/** What an update would do: plain data, to be shown, stored, and given to `apply`. It holds no credential. */
export interface Plan {
  /** The vendor's name. */
  readonly provider: string;
  /** The id as the caller gave it. */
  readonly id: string | number;
  /** The one write. The key is named, not shown: `Bearer $OPENAI_API_KEY`. */
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Metadata;
  };
  /** The same as a command line. */
  readonly curl: string;
  /** The conversation as it was read. */
  readonly before: Conversation;
  /** As far as the vendor does what it is asked. */
  readonly after: Conversation;
  /** What changes in the metadata; `null` if it is not touched. */
  readonly diff: MetadataDiff | null;
  /** What the caller should know before it is applied. */
  readonly warnings: readonly Warning[];
  /** Room left under the metadata limits afterwards; `null` if metadata is not touched. */
  readonly headroom: Headroom | null;
  /** What `apply` needs: the changes, how to make them, and what must still be there. */
  readonly apply: { readonly changes: Json; readonly options: Json; readonly expected: Json };
}
