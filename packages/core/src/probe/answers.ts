import { equalJson, isDocument, type Metadata, own } from "../metadata/json.ts";
import type { Finding } from "../types/probe.ts";
import type { Said } from "./ask.ts";
import type { Lab, Subject } from "./lab.ts";
import { textField } from "./mark.ts";

/** A fact as of now. */
export function fact(name: Finding["name"], measured: string, evidence: string, expected?: string): Finding {
  const differs = expected !== undefined && expected !== measured;
  return {
    name,
    measured,
    ...(expected !== undefined && { expected }),
    differs,
    evidence,
    measuredAt: new Date().toISOString(),
  };
}

/** A small change that harms nothing: one more metadata key, or else the text that is there already. */
export function smallChange({ provider }: Lab, base: Metadata, text: string): Metadata {
  const { metadata } = provider;
  return metadata ? { [metadata.field]: { ...base, k0: "1" } } : { [textField(provider) ?? ""]: text };
}

/** Whether the answer to an update shows what it sent. */
export async function measureEcho(lab: Lab): Promise<Finding[]> {
  const { data } = lab.provider;
  const subject = await lab.fresh();
  const change = smallChange(lab, subject.base, "convo-probe");
  const said = await subject.write(change);
  const [[name, sent] = ["", ""]] = Object.entries(change);
  const shown =
    isDocument(said.body) &&
    own(said.body, data.idField) !== undefined &&
    equalJson(own(said.body, name), sent);
  const found = said.refused ? "refused" : shown ? "yes" : "no";
  return [
    fact(
      "echo",
      found,
      `${said.evidence}, ${name} ${shown ? "" : "not "}in the answer`,
      data.returnsConversation ? "yes" : "no",
    ),
  ];
}

/** Whether a write leaves alone what it does not name: a `PUT` may not. */
export async function measureOthers(lab: Lab): Promise<Finding[]> {
  const { metadata } = lab.provider;
  const text = textField(lab.provider);
  if (!metadata || !text) return [];
  const subject = await lab.fresh();
  const value = own((await subject.read()).body, text);
  const first = await lostBy(lab, subject, { [metadata.field]: { ...subject.base, k0: "1" } });
  const second =
    typeof value === "string" && value ? await lostBy(lab, subject, { [text]: value }) : undefined;
  const lost = [...new Set([...first.lost, ...(second?.lost ?? [])])];
  const evidence = [first, second].flatMap((one) => (one ? [one.said.evidence] : [])).join(", ");
  const seen = lost.length > 0 ? `${lost.join(", ")} changed` : "nothing else changed";
  return [fact("other_fields", lost.length > 0 ? "reset" : "kept", `${evidence}: ${seen}`, "kept")];
}

/** Fields that a write changed though it did not name them; times are the vendor's to change. */
async function lostBy(lab: Lab, subject: Subject, change: Metadata): Promise<{ said: Said; lost: string[] }> {
  const times: readonly (string | null)[] = Object.values(lab.provider.data.timestamps);
  const { body: before } = await subject.read();
  const said = await subject.write(change);
  const { body: after } = await subject.read();
  const names = Object.keys(before).filter((name) => !(name in change) && !times.includes(name));
  return { said, lost: names.filter((name) => !equalJson(before[name], own(after, name))) };
}

/**
 * What an update of an unknown conversation says. The id is that of a conversation the probe made and deleted: any other may be
 * somebody's. Left out where the vendor still knows it.
 */
export async function measureUnknown(lab: Lab): Promise<Finding[]> {
  const gone = lab.scratch.find(({ created, clean }) => created && clean);
  if (!gone || (await lab.exists(gone.id))) return [];
  const said = await lab.update(gone.id, smallChange(lab, {}, "convo-probe"));
  const evidence = `${said.evidence}, for a conversation that was deleted`;
  return [fact("unknown_id", said.refused ?? "accepted", evidence, "not_found")];
}
