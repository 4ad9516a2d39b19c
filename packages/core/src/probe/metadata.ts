import { equalJson, type Json, type Metadata, own } from "../metadata/json.ts";
import type { MetadataRules } from "../provider/record.ts";
import type { Finding } from "../types/probe.ts";
import { fact } from "./answers.ts";
import type { Said } from "./ask.ts";
import type { Lab, Subject } from "./lab.ts";

/** What a write does to metadata: to keys it does not name, with null, with nothing. */
export async function measureMetadata(lab: Lab): Promise<Finding[]> {
  const { metadata: rules } = lab.provider;
  if (!rules) return [];
  const facts = [await writes(await lab.fresh(), rules), await nullValue(await lab.fresh(), rules)];
  // The last ones, since they may empty a conversation that was given.
  facts.push(await emptied(await lab.fresh(), rules, "null_document", null));
  facts.push(await emptied(await lab.fresh(), rules, "empty_document", {}));
  return facts;
}

async function writes(
  { base, read, write }: Subject,
  { field, write: says }: MetadataRules,
): Promise<Finding> {
  await write({ [field]: { ...base, k0: "1", k1: "1" } });
  const said = await write({ [field]: { ...base, k0: "2" } });
  const { document } = await read();
  const measured =
    said.refused || own(document, "k0") !== "2" ? "refused" : "k1" in document ? "merge" : "replace";
  const seen = `k1, which it did not name, is ${"k1" in document ? "still there" : "gone"}`;
  return fact("metadata_write", measured, `${said.evidence}: ${seen}`, expectedOf(says));
}

/** A vendor that patches keeps what a write does not name, as one that merges does; what sets it apart is what `null` does. */
const expectedOf = (says: MetadataRules["write"]): string | undefined =>
  ({ replace: "replace", merge: "merge", patch: "merge", unknown: undefined })[says];

async function nullValue(
  { base, read, write }: Subject,
  { field, write: says }: MetadataRules,
): Promise<Finding> {
  await write({ [field]: { ...base, k0: "1", k1: "1" } });
  const said = await write({ [field]: { ...base, k0: null, k1: "1" } });
  const found = own((await read()).document, "k0");
  const measured = said.refused
    ? "refused"
    : found === undefined
      ? "removes_key"
      : found === null
        ? "stored"
        : "ignored";
  const expected = says === "patch" ? "removes_key" : undefined;
  return fact(
    "null_value",
    measured,
    `${said.evidence}: k0 is ${found === undefined ? "gone" : JSON.stringify(found)}`,
    expected,
  );
}

/** A document that says nothing, as null or as `{}`. */
async function emptied(
  { base, read, write }: Subject,
  { field, write: says }: MetadataRules,
  name: "null_document" | "empty_document",
  value: Json,
): Promise<Finding> {
  await write({ [field]: { ...base, k0: "1" } });
  const said = await write({ [field]: value });
  const { document } = await read();
  const expected =
    name === "empty_document" && says !== "unknown"
      ? { replace: "clears", merge: "ignored", patch: "ignored" }[says]
      : undefined;
  return fact(
    name,
    effect(said, document),
    `${said.evidence}: ${Object.keys(document).length} keys afterwards`,
    expected,
  );
}

function effect({ refused }: Said, document: Metadata): string {
  if (refused) return "refused";
  return equalJson(document, {}) ? "clears" : "ignored";
}
