import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { vendors } from "./facts/index.ts";
import { type Recorder, record } from "./recorder.ts";

const run = promisify(execFile);
const home = fileURLToPath(new URL("../../", import.meta.url));

/** Makes every client without options and reads one conversation with each; one line per vendor, its error if any. */
const PROGRAM = `
  for (const name of ${JSON.stringify(vendors.map(({ name }) => name))}) {
    const exported = await import("@convo/" + name);
    const create = Object.entries(exported).find(([key]) => /^create.*Client$/.test(key))[1];
    const client = create();
    const { route } = client.vendor.operations.getConversation;
    const path = Object.fromEntries([...route.matchAll(/{(\\w+)}/g)].map(([, id]) => [id, "7"]));
    const answer = await client.request(route, { path }).then(() => "ok", (error) => error.kind + " " + error.message);
    console.log(name + ": " + answer);
  }
`;

let server: Recorder;
beforeAll(async () => {
  server = await record();
});
afterAll(() => server.close());

/** Runs the program in a process of its own, with these variables and no others. */
async function inEnvironment(env: Record<string, string>): Promise<string[]> {
  server.answer(() => ({ body: { id: "7", _id: "7" } }));
  const args = ["--input-type=module", "--no-warnings", "-e", PROGRAM];
  const { stdout } = await run(process.execPath, args, { cwd: home, env });
  return stdout.trim().split("\n");
}

describe("a process of its own", () => {
  it("takes key, base URL and headers of every vendor from the environment", async () => {
    const env: Record<string, string> = {};
    for (const { name, key, env: variables } of vendors) {
      env[variables.apiKey] = key;
      env[variables.baseUrl] = `${server.baseUrl}/${name}/`;
      for (const variable of Object.values(variables.headers)) env[variable] = `value of ${variable}`;
    }
    expect(await inEnvironment(env)).toEqual(vendors.map(({ name }) => `${name}: ok`));
    expect(server.seen).toHaveLength(vendors.length);
    for (const [
      index,
      { name, keyHeader = "authorization", authorization, env: variables },
    ] of vendors.entries()) {
      const { url, headers } = server.seen[index] ?? expect.fail();
      expect(url).toMatch(new RegExp(`^/${name}/[a-z]`));
      expect(headers[keyHeader]).toBe(authorization);
      for (const [header, variable] of Object.entries(variables.headers))
        expect(headers[header]).toBe(`value of ${variable}`);
    }
  });

  it("sends no header for a variable that is not set", async () => {
    const env = Object.fromEntries(
      vendors.flatMap(({ key, env: { apiKey, baseUrl } }) => [
        [apiKey, key],
        [baseUrl, server.baseUrl],
      ]),
    );
    await inEnvironment({ ...env, OPENAI_ORG_ID: "" });
    for (const { headers } of server.seen)
      expect(Object.keys(headers)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^openai-|^datagrid-/)]),
      );
  });

  it("that has no key is told which variable to set, and nothing is sent", async () => {
    const env = Object.fromEntries(vendors.map(({ env: { baseUrl } }) => [baseUrl, server.baseUrl]));
    const lines = await inEnvironment(env);
    for (const [
      index,
      {
        name,
        env: { apiKey },
      },
    ] of vendors.entries())
      expect(lines[index]).toBe(
        `${name}: auth [${name}] there is no API key. Set ${apiKey} or pass apiKey; apiKey: null sends none.`,
      );
    expect(server.seen).toHaveLength(0);
  });
});
