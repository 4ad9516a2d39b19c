import { forgetUnanswered } from "../unanswered.ts";
import { fieldUpdates } from "./fields.ts";
import { metadataUpdates } from "./metadata.ts";
import { reading } from "./reading.ts";
import { refusals } from "./refusals.ts";
import { setScene } from "./scene.ts";
import type { ConformanceCase, Subject } from "./subject.ts";
import { verbs } from "./verbs.ts";

export { sandboxBackend } from "./backend.ts";
export type {
  ArrivedRequest,
  Backend,
  ConformanceCase,
  ConformanceClient,
  ConformanceConversation,
  ConformanceResult,
  ConformanceVerbs,
  Subject,
} from "./subject.ts";
export { startVendor, type VendorDescription, type VendorServer } from "./vendor-server.ts";

/**
 * The contract every provider passes, as a list of cases for any test runner: what the subject's vendor can do decides
 * which apply. `for (const { name, run } of conformance(subject)) test(name, run);`
 */
export function conformance(subject: Subject): readonly ConformanceCase[] {
  const requirements = {
    ...reading(subject),
    ...fieldUpdates(subject),
    ...refusals(subject),
    ...metadataUpdates(subject),
    ...verbs(subject),
  };
  return Object.entries(requirements).map(([name, requirement]) => ({
    name: `${subject.provider.name}: ${name}`,
    // A write whose answer a case has lost is no concern of what runs after it.
    run: () => setScene(subject).then(requirement).finally(forgetUnanswered),
  }));
}
