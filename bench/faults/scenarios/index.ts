import type { Scenario } from "../scenario.ts";
import { bodies } from "./bodies.ts";
import { errorBodies } from "./error-bodies.ts";
import { hangs } from "./hangs.ts";
import { headers } from "./headers.ts";
import { ids } from "./ids.ts";
import { load } from "./load.ts";
import { memory } from "./memory.ts";
import { options } from "./options.ts";
import { redirects } from "./redirects.ts";
import { retryAfter } from "./retry-after.ts";
import { secrets } from "./secrets.ts";
import { statuses } from "./statuses.ts";
import { transport } from "./transport.ts";
import { vendors } from "./vendors.ts";

/** Every fault. The position is the scenario's number on the wire. */
export const scenarios: readonly Scenario[] = [
  ...statuses,
  ...retryAfter,
  ...transport,
  ...hangs,
  ...headers,
  ...bodies,
  ...errorBodies,
  ...redirects,
  ...ids,
  ...secrets,
  ...options,
  ...load,
  ...memory,
  ...vendors,
];
