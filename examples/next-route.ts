/** app/conversations/[id]/route.ts of a Next.js application: reads a conversation, and changes its topic. */
import { createConvo, isConvoError } from "@convo/core";
import { openai } from "@convo/core/openai";

const convo = createConvo({ openai: openai() });

interface Context {
  readonly params: Promise<{ id: string }>;
}

export const GET = (_request: Request, context: Context): Promise<Response> =>
  answer(async () => {
    const { id } = await context.params;
    return (await convo.openai.get(id)).conversation;
  });

export const PATCH = (request: Request, context: Context): Promise<Response> =>
  answer(async () => {
    const { id } = await context.params;
    const { topic } = (await request.json()) as { topic: string };
    return (await convo.openai.update(id, { metadata: { topic } })).conversation;
  });

const STATUS: Readonly<Record<string, number>> = {
  not_found: 404,
  invalid: 400,
  limit: 422,
  rate_limited: 429,
};

async function answer(work: () => Promise<object>): Promise<Response> {
  try {
    return Response.json(await work());
  } catch (error) {
    if (!isConvoError(error)) throw error;
    return Response.json({ error: error.kind }, { status: STATUS[error.kind] ?? 502 });
  }
}
