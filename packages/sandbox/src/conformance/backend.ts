import type { Doc, VendorName } from "../engine/types.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Backend } from "./subject.ts";

/**
 * A vendor of the sandbox as the suite's other side of the wire.
 * @param id the conversation's id as it stands in the path; one of the seed's, so that a reset brings it back
 */
export function sandboxBackend(sandbox: Sandbox, vendor: VendorName, id: string | number): Backend {
  return {
    id,
    reset: () => sandbox.reset(),
    stored: () => sandbox.read(vendor, id) as Doc,
    requests: () => sandbox.requests(),
    dropNextWrite(when) {
      sandbox.fault({ kind: `reset-${when}`, vendor, operation: "updateConversation" });
    },
    writeAfterNextRead(metadata) {
      sandbox.fault({ kind: "other-writer", vendor, change: { metadata } });
    },
  };
}
