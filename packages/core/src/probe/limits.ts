import { equalJson, type Metadata } from "../metadata/json.ts";
import type { Finding } from "../types/probe.ts";
import { fact } from "./answers.ts";
import type { Lab, Subject } from "./lab.ts";

/** The documented limits of metadata, each at its last value and one beyond. What no document limits is not searched for. */
export async function measureLimits(lab: Lab): Promise<Finding[]> {
  const { metadata, limits } = lab.provider;
  const { maxProperties, maxKeyLength, maxValueLength } = (metadata && limits[metadata.field]) ?? {};
  if (!metadata) return [];
  const facts: Finding[] = [];
  const measure = async (
    name: Finding["name"],
    max: number | undefined,
    build: (n: number, base: Metadata) => Metadata,
  ) => {
    if (max === undefined) return;
    const subject = await lab.fresh();
    const fits = await holds(subject, metadata.field, build(max, subject.base));
    const more = await holds(subject, metadata.field, build(max + 1, subject.base));
    const measured = !fits.whole ? `less than ${max}` : more.whole ? `more than ${max}` : String(max);
    facts.push(fact(name, measured, `${max}: ${fits.evidence}; ${max + 1}: ${more.evidence}`, String(max)));
  };
  await measure("max_key_length", maxKeyLength, (n, base) => ({ ...base, ["k".repeat(n)]: "1" }));
  await measure("max_value_length", maxValueLength, (n, base) => ({ ...base, k0: "x".repeat(n) }));
  if (maxValueLength !== undefined) {
    // One code point, two UTF-16 units, four bytes.
    const { base, ...subject } = await lab.fresh();
    const { whole, evidence } = await holds(subject, metadata.field, {
      ...base,
      k0: "\u{1f600}".repeat(maxValueLength),
    });
    const said = `${maxValueLength} characters outside the BMP: ${evidence}`;
    facts.push(fact("length_unit", whole ? "code_points" : "shorter", said, "code_points"));
  }
  await measure("max_properties", maxProperties, (n, base) => filled(base, n));
  return facts;
}

/** A document of exactly this many keys. */
function filled(base: Metadata, size: number): Metadata {
  const document = { ...base };
  for (let n = 0; Object.keys(document).length < size; n++) document[`k${n}`] ??= "1";
  return document;
}

/** Whether the vendor keeps a document whole: it may also cut it off in silence. */
async function holds(
  { read, write }: Pick<Subject, "read" | "write">,
  field: string,
  document: Metadata,
): Promise<{ whole: boolean; evidence: string }> {
  const said = await write({ [field]: document });
  if (said.refused) return { whole: false, evidence: String(said.status) };
  const { document: found } = await read();
  const whole = Object.entries(document).every(([key, value]) => equalJson(value, found[key]));
  return { whole, evidence: `${said.status}, ${whole ? "kept" : "not kept whole"}` };
}
