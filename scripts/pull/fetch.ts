/** The text of an upstream spec, from a file or over HTTPS, within bounds. Nothing in it is run or followed. */
import { readFileSync, statSync } from "node:fs";
import { LIMITS } from "../generate/parse.ts";

const TYPES = /^(application|text)\/([\w.+-]*\+)?(json|yaml|x-yaml|plain|octet-stream|vnd\.oai\.openapi)\b/;
const TIMEOUT_MS = 30_000;

/**
 * Reads `source`, a file's path or an `https:` URL (`http:` only on this machine).
 *
 * @throws Error naming the source when it is too large, of a wrong type, not found, or slower than 30 s
 */
export async function readSource(source: string): Promise<string> {
  return /^[a-z]+:\/\//i.test(source) ? download(source) : readSmallFile(source);
}

function readSmallFile(file: string): string {
  if (!/\.(ya?ml|json)$/.test(file)) throw new Error(`${file}: a spec is a .yaml, .yml or .json file`);
  const stat = statSync(file);
  if (!stat.isFile()) throw new Error(`${file}: not a file`);
  if (stat.size > LIMITS.characters) throw new Error(`${file}: larger than ${LIMITS.characters} bytes`);
  return readFileSync(file, "utf8");
}

async function download(url: string, hops = 0): Promise<string> {
  const { protocol, hostname, username } = new URL(url);
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && local))
    throw new Error(`${url}: only https is fetched`);
  if (username) throw new Error("a URL with credentials in it would end up in source.json");
  const response = await fetch(url, {
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { accept: "application/yaml, application/json, text/plain" },
  });
  const location = response.headers.get("location");
  if (response.status >= 300 && response.status < 400 && location && hops < 5) {
    await response.body?.cancel();
    return download(new URL(location, url).href, hops + 1);
  }
  if (!response.ok) throw new Error(`${url}: answered ${response.status}`);
  const type = response.headers.get("content-type") ?? "application/octet-stream";
  if (!TYPES.test(type)) throw new Error(`${url}: ${type} is not a spec`);
  return bounded(url, response);
}

/** Counts while reading: a declared length can lie, and a compressed answer can be a bomb. */
async function bounded(url: string, response: Response): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [text, bytes] = ["", 0];
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > LIMITS.characters) throw new Error(`${url}: larger than ${LIMITS.characters} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
