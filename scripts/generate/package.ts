/** The files around the code: `package.json`, `README.md`, `tsconfig.json`. */
import type { Project } from "../release/manifest.ts";
import { comment } from "./client.ts";
import type { Row } from "./operations.ts";
import type { VendorSpec } from "./spec.ts";

/** `package.json`; the version is the release tool's and survives regeneration. */
export function packageFile({ vendor, spec }: VendorSpec, version: string, project: Project): string {
  const display = spec["x-convo"].displayName;
  const home = `packages/${vendor}`;
  const manifest = {
    name: `@convo/${vendor}`,
    version,
    description: `Typed client for ${display} conversations, generated from its OpenAPI description.`,
    keywords: ["ai", "api-client", "conversations", "openapi", "typescript", vendor],
    license: "MIT",
    repository: { type: "git", url: `git+${project.url}.git`, directory: home },
    homepage: `${project.url}/tree/main/${home}#readme`,
    bugs: project.bugs,
    type: "module",
    sideEffects: false,
    engines: { node: ">=20.19" },
    files: ["dist"],
    exports: { ".": "./src/index.ts" },
    publishConfig: {
      access: "public",
      main: "./dist/cjs/index.js",
      types: "./dist/cjs/index.d.ts",
      exports: {
        ".": {
          import: { types: "./dist/index.d.ts", default: "./dist/index.js" },
          require: { types: "./dist/cjs/index.d.ts", default: "./dist/cjs/index.js" },
        },
      },
    },
    scripts: { build: "node ../../scripts/build.ts" },
    dependencies: { "@convo/client": "workspace:^" },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** `tsconfig.json`: what every package's is. */
export const tsconfigFile = (): string => '{ "extends": "../../tsconfig.build.json" }\n';

/** `README.md`: install, one example, the environment it reads, every method. */
export function readmeFile({ vendor, spec }: VendorSpec, rows: Row[]): string {
  const { displayName: display, docs, env } = spec["x-convo"];
  const headers = Object.entries(env.headers ?? {});
  return `<!-- Generated from specs/${vendor}/openapi.yaml by \`pnpm regen\`. -->
# @convo/${vendor}

${comment(spec.info.summary ?? spec.info.title)}

\`\`\`sh
npm install @convo/${vendor}
\`\`\`

Nothing is published yet: until then [a clone makes the packages](../../docs/start.md).

\`\`\`ts
import { create${display}Client } from "@convo/${vendor}";

const ${vendor} = create${display}Client(); // reads ${env.apiKey}
${example(rows, vendor)}
\`\`\`

Every method returns the data or throws a \`ConvoError\` whose \`kind\` says what happened. Reads are sent again after a
failure; a write only where the server certainly did not process it. \`${vendor}.http\` is openapi-fetch over the same
transport. More: [options](../../docs/client/options.md), [errors](../../docs/client/errors.md), [proxies and a faster way to
the network on Node](../../docs/client/network.md). The same update at several vendors, with metadata merged:
[\`@convo/core\`](../core/README.md). This vendor on your machine, for tests: [\`@convo/sandbox\`](../../docs/sandbox.md).

| environment variable | what it sets |
| --- | --- |
| \`${env.apiKey}\` | the key |
${env.baseUrl ? `| \`${env.baseUrl}\` | the base URL, instead of \`${spec.servers[0]?.url}\` |\n` : ""}${headers.map(([header, name]) => `| \`${name}\` | the \`${header}\` header |\n`).join("")}
| method | request |
| --- | --- |
${rows.map((row) => `| \`${row.name}\` | \`${row.method} ${row.path}\` |`).join("\n")}

${docs ? `Vendor's reference: ${docs}\n` : ""}`;
}

function example(rows: Row[], vendor: string): string {
  const get = rows.find((row) => row.name === "getConversation") ?? rows[0];
  const args = get?.pathParameters.map((parameter) => JSON.stringify(parameter.example)) ?? [];
  return `const conversation = await ${vendor}.${get?.name}(${args.join(", ")});`;
}
