import { invalidArgument } from "../errors.ts";
import { isDocument, type Json } from "../metadata/json.ts";
import type { EraseReceipt } from "../types/erase.ts";

/** A receipt with the digest of all that it says. */
export async function sealReceipt(receipt: Omit<EraseReceipt, "digest">): Promise<EraseReceipt> {
  return { ...receipt, digest: await digestOf(receipt) };
}

/**
 * Makes sure that a receipt is whole and unchanged.
 *
 * @throws ConvoError of kind `invalid`
 */
export async function checkReceipt(receipt: unknown): Promise<void> {
  if (!isDocument(receipt) || receipt.kind !== "convo_erase" || !Array.isArray(receipt.entries))
    throw invalidArgument("convo", "receipt", "the receipt must be what `planErase` or `erase` returned");
  if (receipt.version !== 1)
    throw invalidArgument(
      "convo",
      "receipt",
      `the receipt has version ${String(receipt.version)}, and this package reads 1`,
    );
  const { digest, ...rest } = receipt;
  if (digest !== (await digestOf(rest)))
    throw invalidArgument(
      "convo",
      "receipt",
      "the receipt was edited: its digest does not fit. Plan the erase again",
    );
}

/** SHA-256 of the JSON text with sorted keys, in hexadecimal. */
async function digestOf(value: object): Promise<string> {
  const text = JSON.stringify(sorted(JSON.parse(JSON.stringify(value)) as Json));
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isDocument(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
