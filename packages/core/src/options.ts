import { validationError } from "./errors.ts";
import { isDocument } from "./metadata/json.ts";
import type { Violation } from "./metadata/limits.ts";
import { FEED } from "./types/catalogue.ts";
import type { HttpOptions, UpdateOptions, VerifyOptions } from "./types/update.ts";

type Check = (path: string, value: unknown, refuse: Refuse) => void;
type Refuse = (path: string, message: string) => void;

/** What the client checks when it gets it. */
const byClient: Check = () => {};

const wholeNumber =
  (least: number): Check =>
  (path, value, refuse) => {
    if (!(Number.isInteger(value) && (value as number) >= least && (value as number) < 2 ** 31))
      refuse(path, `must be a whole number from ${least} to 2147483647`);
  };

const oneOf =
  (...words: string[]): Check =>
  (path, value, refuse) => {
    if (!words.includes(value as string)) refuse(path, `must be one of ${words.join(", ")}`);
  };

/** Anything but an AbortSignal would be ignored, or end the process when a timer touches it. */
const isSignal: Check = (path, value, refuse) => {
  const { addEventListener, removeEventListener, aborted } = Object(value) as AbortSignal;
  if (
    typeof addEventListener !== "function" ||
    typeof removeEventListener !== "function" ||
    typeof aborted !== "boolean"
  )
    refuse(path, "must be an AbortSignal");
};

const isObject: Check = (path, value, refuse) => {
  if (!isDocument(value)) refuse(path, "must be an object");
};

const isFunction: Check = (path, value, refuse) => {
  if (typeof value !== "function") refuse(path, "must be a function");
};

const isBoolean: Check = (path, value, refuse) => {
  if (typeof value !== "boolean") refuse(path, "must be a boolean");
};

const isText: Check = (path, value, refuse) => {
  if (typeof value !== "string") refuse(path, "must be a string");
};

const isSchema: Check = (path, value, refuse) => {
  if (typeof Object(Object(value)["~standard"]).validate !== "function")
    refuse(path, "must be a Standard Schema, see https://standardschema.dev");
};

const HTTP_OPTIONS: Record<keyof HttpOptions, Check> = {
  apiKey: byClient,
  baseUrl: byClient,
  headers: byClient,
  signal: isSignal,
  timeoutMs: wholeNumber(1),
  deadlineMs: wholeNumber(1),
  retry: oneOf("safe", "always", "never"),
  maxRetries: wholeNumber(0),
  fetchOptions: isObject,
  beforeAttempt: isFunction,
};

const VERIFY_OPTIONS: Record<keyof VerifyOptions, Check> = {
  settleMs: wholeNumber(0),
  maxRounds: wholeNumber(1),
};

const UPDATE_OPTIONS: Record<keyof UpdateOptions, Check> = {
  ...HTTP_OPTIONS,
  merge: oneOf("shallow", "deep", "replace"),
  unsupported: oneOf("error", "skip", "metadata"),
  beforeWrite: isFunction,
  // Read, checked and copied with the changes.
  current: byClient,
  verify(path, value, refuse) {
    if (typeof value === "boolean") return;
    if (isDocument(value)) checkEach(value, VERIFY_OPTIONS, "verify", refuse);
    else refuse(path, "must be true, false or { settleMs?, maxRounds? }");
  },
};

/** What the operation checks itself. */
const byOperation: Check = () => {};

const PAGE_OPTIONS = { limit: wholeNumber(1), cursor: byOperation };
const CREATE_OPTIONS = {
  ...HTTP_OPTIONS,
  externalId: byOperation,
  query: isObject,
  unsupported: oneOf("error", "skip", "metadata"),
};
const RUN_OPTIONS = { concurrency: wholeNumber(1) };

/** What each operation takes; those that are not named take the options of its HTTP calls alone. */
const OPERATIONS: Readonly<Record<string, Record<string, Check>>> = {
  createConvo: {
    schema: isSchema,
    observe: isObject,
    catalogue(path, value, refuse) {
      if (!(FEED in Object(value))) refuse(path, "must be what createCatalogue() returns");
    },
  },
  // Core's own alone: the client checks the rest.
  "a provider": {
    fields: isObject,
    encode: isBoolean,
    schema: isSchema,
    account: isText,
    lock(path, value, refuse) {
      if (typeof Object(value).withLock !== "function")
        refuse(path, "must be an object with withLock(key, fn)");
    },
  },
  update: UPDATE_OPTIONS,
  create: CREATE_OPTIONS,
  import: CREATE_OPTIONS,
  messages: { ...HTTP_OPTIONS, ...PAGE_OPTIONS },
  erase: { ...HTTP_OPTIONS, limit: wholeNumber(1), onReceipt: isFunction, catalogue: isObject },
  updateMany: {
    ...UPDATE_OPTIONS,
    ...RUN_OPTIONS,
    journal: isObject,
    source: byOperation,
    dryRun: isBoolean,
    total: byOperation,
  },
  probe: { ...HTTP_OPTIONS, id: byOperation, create: isObject },
  undo: { ...HTTP_OPTIONS, ...RUN_OPTIONS, dryRun: isBoolean },
};

function checkEach(options: object, known: Record<string, Check>, of: string, refuse: Refuse): void {
  for (const [name, value] of Object.entries(options)) {
    const path = of === "verify" ? `verify.${name}` : name;
    if (!Object.hasOwn(known, name)) refuse(path, `is not an option of ${of}`);
    // For a signal, null is what some libraries give where there is none.
    else if (value !== undefined && !(name === "signal" && value === null))
      known[name]?.(path, value, refuse);
  }
}

/** Everything that is wrong with the options of an operation; none where they can be followed. */
export function checkOptions(operation: string, options: unknown): Violation[] {
  const violations: Violation[] = [];
  const refuse: Refuse = (path, message) =>
    void violations.push({ path, kind: "invalid", message: `${path} ${message}` });
  if (options === undefined) return [];
  if (!isDocument(options)) refuse("options", "must be an object");
  else checkEach(options, OPERATIONS[operation] ?? HTTP_OPTIONS, operation, refuse);
  return violations;
}

/** Refuses options of an operation that cannot be followed. Throws `ConvoError`, `invalid`, with every reason. */
export function assertOptions(provider: string, operation: string, options: unknown): void {
  const violations = checkOptions(operation, options);
  if (violations.length > 0) throw validationError(provider, violations);
}
