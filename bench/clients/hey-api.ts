/** A client of OpenAI's spec as `@hey-api/openapi-ts` generates it; the generator is fetched by npm when it is first needed. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nameOf, type Subject } from "./api.ts";

/** The version of the generator. */
export const VERSION = "0.99.0";
const root = join(import.meta.dirname, "../..");
// Not below node_modules, where Node strips no types.
const home = join(tmpdir(), `convo-bench-hey-api-${VERSION}`);

/** What we call of it. */
interface Sdk {
  getConversation(options: object): Promise<{ data: unknown }>;
  updateConversation(options: object): Promise<{ data: unknown }>;
  createConversation(options: object): Promise<{ data: unknown }>;
}

/** Generates the client unless an earlier run has; returns the folder of its sources. */
function generate(): string {
  const folder = join(home, "client");
  if (existsSync(join(folder, "sdk.gen.ts"))) return folder;
  mkdirSync(home, { recursive: true });
  const config = {
    input: join(root, "specs/openai/openapi.yaml"),
    output: { path: folder, importFileExtension: ".ts" },
    logs: { file: false, level: "silent" },
  };
  writeFileSync(join(home, "package.json"), '{"type":"module"}');
  const file = join(home, "openapi-ts.config.mjs");
  writeFileSync(file, `export default ${JSON.stringify(config)};\n`);
  const packages = [`@hey-api/openapi-ts@${VERSION}`, "typescript@5.9.3"].flatMap((name) => ["-p", name]);
  execFileSync("npx", ["-y", ...packages, "openapi-ts", "-f", file], { cwd: home, stdio: "pipe" });
  return folder;
}

/** https://heyapi.dev: no timeout, no retries. `throwOnError` is what a user sets who wants no error to be overlooked. */
export async function heyApi(): Promise<Subject> {
  const folder = generate();
  const sdk = (await import(join(folder, "sdk.gen.ts"))) as Sdk;
  const { createClient } = (await import(join(folder, "client/index.ts"))) as {
    createClient(config: object): object;
  };
  return {
    make: ({ apiKey, baseUrl, headers }) => {
      const client = createClient({ baseUrl, headers, auth: apiKey, throwOnError: true });
      const at = (id: string, signal?: AbortSignal): object => ({
        client,
        path: { conversation_id: id },
        ...(signal && { signal }),
      });
      return {
        client,
        read: async (id, signal) => (await sdk.getConversation(at(id, signal))).data,
        update: async (id, metadata, signal) =>
          (await sdk.updateConversation({ ...at(id, signal), body: { metadata } })).data,
        create: async (metadata, signal) =>
          (await sdk.createConversation({ client, body: { metadata }, ...(signal && { signal }) })).data,
      };
    },
    explain: (error) => ({ typed: error instanceof Error, name: nameOf(error) }),
  };
}
