import { FAULT_KINDS, type Fault, type FaultKind, pointless } from "./faults.ts";
import { loadSpec, sandboxOperations } from "./spec.ts";
import { asDoc } from "./tools.ts";
import { type Doc, VENDORS, type VendorName } from "./types.ts";

/** Least and greatest value of the numbers in a fault. */
const NUMBERS = {
  times: [1],
  status: [200, 599],
  retryAfter: [0],
  ms: [0],
  limit: [0],
  windowMs: [1],
  after: [0],
} as const;
const FIELDS = ["kind", "vendor", "operation", "body", "change", ...Object.keys(NUMBERS)];

/** Checks a description of a fault. Throws a `TypeError` that says what is wrong with it: a typo would never take effect. */
export function parseFault(value: unknown): Fault {
  if (typeof value !== "object" || value === null) throw new TypeError("a fault is a JSON object");
  const fault = value as Doc;
  const unknown = Object.keys(fault).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`${unknown} is not a field of a fault: ${FIELDS.join(", ")}`);
  const { kind, vendor, operation, change } = fault;
  if (!FAULT_KINDS.includes(kind as FaultKind))
    throw new TypeError(`kind must be one of ${FAULT_KINDS.join(", ")}`);
  if (vendor !== undefined && !VENDORS.includes(vendor as VendorName))
    throw new TypeError(`vendor must be one of ${VENDORS.join(", ")}`);
  checkOperation(kind as FaultKind, operation, vendor as VendorName | undefined);
  for (const [name, [least, most = Number.MAX_SAFE_INTEGER]] of Object.entries(NUMBERS))
    checkNumber(name, fault[name], least, most);
  for (const [name, part] of Object.entries({ change, "change.metadata": asDoc(change).metadata }))
    if (part !== undefined && part !== asDoc(part)) throw new TypeError(`${name} must be an object`);
  return value as Fault;
}

function checkOperation(kind: FaultKind, operation: unknown, vendor: VendorName | undefined): void {
  const all = (vendor ? [vendor] : VENDORS).flatMap((name) => [
    ...loadSpec(name).operations,
    ...sandboxOperations(name),
  ]);
  const met = all.filter(
    ({ id, route }) => operation === undefined || [id, route].includes(operation as string),
  );
  if (met.length === 0)
    throw new TypeError(
      `operation: ${vendor ? `${vendor} has no` : "no vendor has an"} operation or route ${operation}`,
    );
  const reason = pointless(kind, met);
  if (reason !== undefined)
    throw new TypeError(
      `${reason}${operation === undefined ? `, and ${vendor} has none` : `, not ${operation}`}`,
    );
}

function checkNumber(name: string, value: unknown, least: number, most: number): void {
  if (value === undefined || (value === null && name === "times")) return;
  if (typeof value !== "number" || !(value >= least && value <= most))
    throw new TypeError(`${name} must be a number from ${least} to ${most}`);
}

/** Reads the `x-sandbox-fault` header: `reset-after`, `status=503; retryAfter=2`, `latency; ms=50`. */
export function parseFaultHeader(header: string): Fault {
  const pairs = header.split(";").map((part) => part.trim().split("=") as [string, string?]);
  const [[first, value] = [""]] = pairs;
  const fields: Doc = { kind: first };
  if (value !== undefined) fields[first === "latency" ? "ms" : first] = Number(value);
  for (const [name, text] of pairs.slice(1)) fields[name] = text === undefined ? true : Number(text);
  return parseFault(fields);
}
