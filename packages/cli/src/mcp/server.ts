import { randomBytes, randomUUID } from "node:crypto";
import type { ListFilter, Plan } from "@convo/core";
import {
  acceptedContent,
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  createRequestStateCodec,
  type InputRequiredResult,
  inputRequired,
  McpServer,
  type McpServerFactory,
  type RequestStateCodec,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { findSeen, idOf, type Session } from "../accounts.ts";
import { capabilitiesOf } from "../capabilities.ts";
import { CliError, errorData } from "../failure.ts";
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
const id = z
  .string()
  .describe("the conversation's id; `external:<id>` for an external id, where the vendor finds them");
const changes = z
  .record(z.string(), z.unknown())
  .describe(
    "what to change: name, summary, marked, customerId, device, language, metadata, unset (list of keys), native",
  );
const merge = z
  .enum(["shallow", "deep", "replace"])
  .optional()
  .describe("how metadata meets what is there; shallow by default, so that keys you do not name stay");

const text = z.string().optional();
const time = text.describe("an ISO 8601 time");
const filter = takes({
  name: text,
  summary: text,
  marked: z.boolean().optional(),
  customerId: text,
  device: text,
  language: text,
  metadata: z.record(z.string(), z.unknown()).optional().describe("keys and the value each must have"),
  createdAfter: time,
  createdBefore: time,
  updatedAfter: time,
  updatedBefore: time,
});

/** What each tool takes. The schemas are strict: an argument that is ignored turns a narrow question into a wide one. */
const ARGUMENTS = {
  convo_capabilities: takes({}),
  convo_find: takes({
    account: account.optional(),
    filter: filter.optional().describe(`what must hold, all of it: ${Object.keys(filter.shape).join(", ")}`),
    limit: z.int().min(1).max(200).default(20).describe("conversations at most, 1 to 200; 20 by default"),
  }),
  convo_get: takes({ account, id }),
  convo_plan: takes({ account, id, changes, merge }),
  convo_apply: takes({
    account: account.optional(),
    id: id.optional(),
    changes: changes.optional(),
    merge,
    token: z
      .string()
      .optional()
      .describe("`token` of convo_plan, instead of `account`, `id`, `changes` and `merge`"),
  }),
};

const READS = { readOnlyHint: true, destructiveHint: false, openWorldHint: true };
const LOCAL = { readOnlyHint: true, destructiveHint: false, openWorldHint: false };
const WRITES = { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true };

/** A plan on its way through a client, signed so that nothing else can be applied. */
interface PlannedUpdate {
  readonly account: string;
  readonly plan: Plan;
  /** Names the plan, so that one that a person refused stays refused. */
  readonly planId: string;
}

/** What the servers of one session share. */
interface Plans {
  readonly codec: RequestStateCodec<PlannedUpdate>;
  /** Ids of the plans that a person refused. */
  readonly refused: Set<string>;
}

/**
 * Makes servers of the Model Context Protocol (https://modelcontextprotocol.io) over the accounts of a session. A write is only made from
 * a plan that was shown. Where the client can ask its user (elicitation), every write is asked for; another client passes on the signed
 * plan of `convo_plan`.
 */
export function createServerFactory(session: Session, { readOnly }: McpOptions): McpServerFactory {
  const codec: RequestStateCodec<PlannedUpdate> = createRequestStateCodec({
    key: randomBytes(32),
    ttlSeconds: PLAN_TTL_SECONDS,
  });
  const plans: Plans = { codec, refused: new Set() };
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
          : "Reads the conversation and shows the request that an update would send, with a diff. Changes nothing. `token` of the result is what convo_apply takes, for ten minutes.",
        inputSchema: ARGUMENTS.convo_plan,
        annotations: READS,
      },
      ({ account, id, changes, merge }, ctx) =>
        answer(async () => {
          const planned = await makePlan(session, account, id, changes, merge);
          return {
            plan: summaryOf(planned.plan),
            ...(!readOnly && { token: await codec.mint(planned, ctx) }),
          };
        }),
    );
    if (!readOnly) addApply(server, session, plans);
    return server;
  };
}

function addReadingTools(server: McpServer, session: Session): void {
  server.registerTool(
    "convo_capabilities",
    {
      title: "What each account can do",
      description: "Verbs, common fields, metadata rules and limits of each account. Asks no vendor.",
      inputSchema: ARGUMENTS.convo_capabilities,
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
      inputSchema: ARGUMENTS.convo_find,
      annotations: LOCAL,
    },
    ({ account, filter, limit }) =>
      answer(async () => {
        if (account !== undefined) session.account(account);
        const rows: unknown[] = [];
        const query = { ...(account !== undefined && { provider: account }), filter: filter as ListFilter };
        for await (const { provider, account: _, ...row } of findSeen(session.providers, query))
          if (rows.push({ account: provider, ...row }) >= limit) break;
        return { rows };
      }),
  );
  server.registerTool(
    "convo_get",
    {
      title: "Read a conversation",
      description: "Reads one conversation from its vendor: common fields and the whole metadata.",
      inputSchema: ARGUMENTS.convo_get,
      annotations: READS,
    },
    ({ account, id }) =>
      answer(async () => {
        const { conversation } = await session.account(account).get(pathIdOf(session, account, id));
        return { conversation };
      }),
  );
}

function addApply(server: McpServer, session: Session, plans: Plans): void {
  server.registerTool(
    "convo_apply",
    {
      title: "Apply an update",
      description:
        "Makes an update that was shown before: give `account`, `id` and `changes`, or the `token` of convo_plan. A client that can ask its user (elicitation) asks, with the diff; another one needs the token. It is refused if the conversation has changed since.",
      inputSchema: ARGUMENTS.convo_apply,
      annotations: WRITES,
    },
    async ({ account, id, changes, merge, token }, ctx) => {
      const answered = ctx.mcpReq.requestState<PlannedUpdate>();
      if (answered) return confirmed(session, plans, answered, ctx);
      try {
        let planned: PlannedUpdate;
        if (token !== undefined) {
          if (account !== undefined || id !== undefined || changes !== undefined || merge !== undefined)
            throw new CliError("Give the `token` alone: it holds the account, the id and the changes.");
          planned = await readToken(plans, token, ctx);
          if (!canAsk(server, ctx)) return await answer(() => applyPlan(session, planned));
        } else {
          if (account === undefined || id === undefined || changes === undefined)
            throw new CliError("Give `account`, `id` and `changes`, or the `token` of convo_plan.");
          if (!canAsk(server, ctx))
            throw new CliError(
              "The user cannot be asked through this client: it lacks the capability `elicitation`, or uses HTTP with a protocol before 2026-07-28. Call convo_plan, show its plan to the user, then call convo_apply with its `token`.",
            );
          planned = await makePlan(session, account, id, changes, merge);
        }
        return await ask(planned, plans, ctx);
      } catch (error) {
        return failed(error);
      }
    },
  );
}

/** Whether a person can be asked through the client that made this request. */
function canAsk({ server }: McpServer, { mcpReq }: ServerContext): boolean {
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  const declared = envelope[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined;
  const modes = (declared ?? server.getClientCapabilities())?.elicitation;
  // Of old, a client that names no mode shows forms.
  return modes !== undefined && (modes.form !== undefined || modes.url === undefined);
}

const CONFIRM = z.object({ apply: z.boolean().describe("true applies the update as it is shown") });

async function ask(
  planned: PlannedUpdate,
  { codec }: Plans,
  ctx: ServerContext,
): Promise<InputRequiredResult> {
  const { account, plan } = planned;
  return inputRequired({
    inputRequests: {
      confirm: inputRequired.elicit({
        message: `Apply this update to ${account} ${plan.id}?\n\n${JSON.stringify(summaryOf(plan), undefined, 2)}`,
        requestedSchema: CONFIRM,
      }),
    },
    requestState: await codec.mint(planned, ctx),
  });
}

/** The client has come back with the plan it was shown, and what was answered. */
function confirmed(
  session: Session,
  { refused }: Plans,
  planned: PlannedUpdate,
  ctx: ServerContext,
): Promise<CallToolResult> {
  return answer(async () => {
    checkNotRefused(refused, planned);
    const response = acceptedContent<{ apply?: unknown }>(ctx.mcpReq.inputResponses, "confirm");
    if (response?.apply === true) return applyPlan(session, planned);
    refused.add(planned.planId);
    return { applied: false, why: "It was not confirmed. Nothing was changed." };
  });
}

function checkNotRefused(refused: ReadonlySet<string>, { planId }: PlannedUpdate): void {
  if (refused.has(planId))
    throw new CliError("The user has refused this plan. Nothing was changed. Do not try it again unasked.");
}

async function readToken(
  { codec, refused }: Plans,
  token: string,
  ctx: ServerContext,
): Promise<PlannedUpdate> {
  let planned: PlannedUpdate;
  try {
    planned = await codec.verify(token, ctx);
  } catch (error) {
    throw new CliError(
      "The token is not one of convo_plan, or it is older than ten minutes. Plan the update again.",
      undefined,
      { cause: error },
    );
  }
  checkNotRefused(refused, planned);
  return planned;
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
): Promise<PlannedUpdate> {
  const pathId = pathIdOf(session, account, id);
  const plan = await session.account(account).plan(pathId, changes as never, merge ? { merge } : {});
  return { account, plan, planId: randomUUID() };
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

/** An object with these keys and no other. Its error names the place where an unknown key belongs, or the keys that there are. */
function takes<S extends z.ZodRawShape>(shape: S): z.ZodObject<S, z.core.$strict> {
  const known = Object.keys(shape);
  const hint = (key: string): string => {
    const place = known.find((name) => innerKeys(shape[name]).includes(key));
    if (place) return `Did you mean "${key}" inside "${place}"?`;
    return known.length > 0 ? `There are ${known.join(", ")}.` : "There are none.";
  };
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => `There is no argument "${key}". ${hint(key)}`).join(" ")
        : undefined,
  });
}

function innerKeys(schema: unknown): string[] {
  if (schema instanceof z.ZodOptional) return innerKeys(schema.unwrap());
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
