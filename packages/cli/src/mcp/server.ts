import { randomBytes } from "node:crypto";
import type { Plan } from "@convo/core";
import {
  acceptedContent,
  type CallToolResult,
  createRequestStateCodec,
  inputRequired,
  McpServer,
  type McpServerFactory,
  type RequestStateCodec,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { idOf, openCatalogue, type Session } from "../accounts.ts";
import { capabilitiesOf } from "../capabilities.ts";
import { errorData } from "../failure.ts";
import { version } from "../version.ts";

/** What the server may do. */
export interface McpOptions {
  /** Only tools that change nothing. */
  readonly readOnly: boolean;
}

/** How long a plan can be applied after it was shown, in seconds. */
const PLAN_TTL_SECONDS = 600;

const account = z
  .string()
  .describe("an account: openai, letta, datagrid, chatdash, agentsight, or a name of the config file");
const id = z.string().describe("the conversation's id; `own:<id>` for your own id where the vendor has one");
const changes = z
  .record(z.string(), z.unknown())
  .describe(
    "what to change: name, summary, marked, customerId, device, language, metadata, unset (list of keys), native",
  );
const merge = z
  .enum(["shallow", "deep", "replace"])
  .optional()
  .describe("how metadata meets what is there; shallow by default, so that keys you do not name stay");

const READS = { readOnlyHint: true, destructiveHint: false, openWorldHint: true };
const LOCAL = { readOnlyHint: true, destructiveHint: false, openWorldHint: false };
const WRITES = { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true };

/** A plan on its way through a client, signed so that nothing else can be applied. */
interface PlannedUpdate {
  readonly account: string;
  readonly plan: Plan;
}

/**
 * Makes servers of the Model Context Protocol (https://modelcontextprotocol.io) over the accounts of a session. A write is only made from
 * a plan that the client has seen: `convo_apply` asks for a confirmation that shows it, or takes the signed plan of `convo_plan`.
 */
export function createServerFactory(session: Session, { readOnly }: McpOptions): McpServerFactory {
  const codec: RequestStateCodec<PlannedUpdate> = createRequestStateCodec({
    key: randomBytes(32),
    ttlSeconds: PLAN_TTL_SECONDS,
  });
  return () => {
    const server = new McpServer(
      { name: "convo", version: version() },
      {
        capabilities: { tools: {} },
        requestState: { verify: codec.verify },
        instructions:
          "Conversations at several AI vendors. Read with convo_get and convo_find; look at convo_capabilities before you change something. Every change is planned first and applied only as it was shown.",
      },
    );
    addReadingTools(server, session);
    server.registerTool(
      "convo_plan",
      {
        title: "Plan an update",
        description: readOnly
          ? "Reads the conversation and shows the request that an update would send, with a diff. Changes nothing."
          : "Reads the conversation and shows the request that an update would send, with a diff. Changes nothing. `token` of the result applies it with convo_apply, for ten minutes.",
        inputSchema: z.object({ account, id, changes, merge }),
        annotations: READS,
      },
      ({ account, id, changes, merge }, ctx) =>
        answer(async () => {
          const plan = await makePlan(session, account, id, changes, merge);
          return {
            plan: summaryOf(plan),
            ...(!readOnly && { token: await codec.mint({ account, plan }, ctx) }),
          };
        }),
    );
    if (!readOnly) addApply(server, session, codec);
    return server;
  };
}

function addReadingTools(server: McpServer, session: Session): void {
  server.registerTool(
    "convo_capabilities",
    {
      title: "What each account can do",
      description: "Verbs, common fields, metadata rules and limits of each account. Asks no vendor.",
      inputSchema: z.object({}),
      annotations: LOCAL,
    },
    () =>
      answer(async () =>
        Object.fromEntries(
          Object.entries(session.providers).map(([name, provider]) => [name, capabilitiesOf(provider)]),
        ),
      ),
  );
  server.registerTool(
    "convo_find",
    {
      title: "Find conversations that were seen before",
      description: "Looks in the catalogue on this computer; `seenAt` says how old a row is. Asks no vendor.",
      inputSchema: z.object({
        account: account.optional(),
        filter: z
          .record(z.string(), z.unknown())
          .optional()
          .describe(
            "name, summary, marked, customerId, device, language, metadata, createdAfter, createdBefore",
          ),
        limit: z.int().min(1).max(200).default(20),
      }),
      annotations: LOCAL,
    },
    ({ account, filter, limit }) =>
      answer(async () => {
        const rows: unknown[] = [];
        const query = { ...(account && { provider: account }), ...(filter && { filter: filter as object }) };
        for await (const row of (await openCatalogue()).find(query)) if (rows.push(row) >= limit) break;
        return { rows };
      }),
  );
  server.registerTool(
    "convo_get",
    {
      title: "Read a conversation",
      description: "Reads one conversation from its vendor: common fields and the whole metadata.",
      inputSchema: z.object({ account, id }),
      annotations: READS,
    },
    ({ account, id }) =>
      answer(async () => {
        const { conversation } = await session.account(account).get(pathIdOf(session, account, id));
        return { conversation };
      }),
  );
}

function addApply(server: McpServer, session: Session, codec: RequestStateCodec<PlannedUpdate>): void {
  server.registerTool(
    "convo_apply",
    {
      title: "Apply an update",
      description:
        "Makes an update that was shown before: with `account`, `id` and `changes` it asks for a confirmation that shows the diff; with `token` it applies the plan of convo_plan. It is refused if the conversation has changed since.",
      inputSchema: z.object({
        account: account.optional(),
        id: id.optional(),
        changes: changes.optional(),
        merge,
        token: z.string().optional().describe("`token` of convo_plan; then nothing else is needed"),
      }),
      annotations: WRITES,
    },
    async ({ account, id, changes, merge, token }, ctx) => {
      const planned = ctx.mcpReq.requestState<PlannedUpdate>();
      if (planned) return confirmed(session, planned, ctx);
      if (token !== undefined)
        return answer(async () => applyPlan(session, await readToken(codec, token, ctx)));
      if (account === undefined || id === undefined || changes === undefined)
        return failed(new Error("Give `account`, `id` and `changes`, or the `token` of convo_plan."));
      try {
        const plan = await makePlan(session, account, id, changes, merge);
        return inputRequired({
          inputRequests: {
            confirm: inputRequired.elicit({
              message: `Apply this update to ${account} ${id}?\n\n${JSON.stringify(summaryOf(plan), undefined, 2)}`,
              requestedSchema: CONFIRM,
            }),
          },
          requestState: await codec.mint({ account, plan }, ctx),
        });
      } catch (error) {
        return failed(error);
      }
    },
  );
}

const CONFIRM = z.object({ apply: z.boolean().describe("true applies the update as it is shown") });

/** The client has come back with the plan it was shown, and what was answered. */
function confirmed(session: Session, planned: PlannedUpdate, ctx: ServerContext): Promise<CallToolResult> {
  const response = acceptedContent<{ apply?: unknown }>(ctx.mcpReq.inputResponses, "confirm");
  if (response?.apply === true) return answer(() => applyPlan(session, planned));
  return answer(async () => ({ applied: false, why: "It was not confirmed. Nothing was changed." }));
}

async function readToken(
  codec: RequestStateCodec<PlannedUpdate>,
  token: string,
  ctx: ServerContext,
): Promise<PlannedUpdate> {
  try {
    return await codec.verify(token, ctx);
  } catch (error) {
    throw new Error(
      "The token is not one of convo_plan, or it is older than ten minutes. Plan the update again.",
      {
        cause: error,
      },
    );
  }
}

const pathIdOf = (session: Session, account: string, id: string): string | number => {
  session.account(account);
  return idOf(session.providers[account] as never, id);
};

async function makePlan(
  session: Session,
  account: string,
  id: string,
  changes: object,
  merge: "shallow" | "deep" | "replace" | undefined,
): Promise<Plan> {
  const pathId = pathIdOf(session, account, id);
  return session.account(account).plan(pathId, changes as never, merge ? { merge } : {});
}

async function applyPlan(session: Session, { account, plan }: PlannedUpdate): Promise<object> {
  const { conversation, confirmed, warnings, diff } = await session.account(account).apply(plan);
  return { applied: true, confirmed, warnings, diff, conversation };
}

/** What of a plan a person decides by. */
const summaryOf = ({ request, diff, warnings, headroom }: Plan): object => ({
  request,
  diff,
  warnings,
  headroom,
});

/** The result of a tool: JSON, as structured content and as text for older clients. An error is told, and never thrown. */
async function answer(work: () => Promise<object>): Promise<CallToolResult> {
  try {
    const structuredContent = JSON.parse(JSON.stringify(await work())) as Record<string, unknown>;
    return {
      content: [{ type: "text", text: JSON.stringify(structuredContent, undefined, 2) }],
      structuredContent,
    };
  } catch (error) {
    return failed(error);
  }
}

const failed = (error: unknown): CallToolResult => ({
  isError: true,
  content: [{ type: "text", text: JSON.stringify(errorData(error), undefined, 2) }],
});
