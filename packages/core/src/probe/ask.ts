import { type ApiResponse, isConvoError } from "@convo/client";
import { pathOf } from "../call.ts";
import type { Metadata } from "../metadata/json.ts";
import type { Provider } from "../provider/provider.ts";
import type { VendorClient } from "../types/shape.ts";
import type { HttpOptions } from "../types/update.ts";
import { toRequestBody } from "../wire/body.ts";
import { type ParsedConversation, parseConversation } from "../wire/from-wire.ts";

/** What a vendor said to one request; a refusal is an answer here. */
export interface Said {
  readonly status: number;
  /** The kind of a refusal; undefined for a success. */
  readonly refused: string | undefined;
  readonly body: unknown;
  /** `PATCH /conversations/{id} -> 400` */
  readonly evidence: string;
}

type Input = Parameters<VendorClient["request"]>[1];

/** The requests of one probe. */
export interface Ask {
  /** Throws `ConvoError` for whatever is no success. */
  send(route: string, input: Input): Promise<ApiResponse<unknown>>;
  /** Throws `ConvoError` for what says nothing about the vendor: no key, no network, no time. */
  ask(route: string, input: Input): Promise<Said>;
  /** Throws `ConvoError`, `bad_response` if the answer is not the conversation asked for. */
  read(id: string | number): Promise<{ readonly body: Metadata; readonly document: Metadata }>;
  update(id: string | number, body: Metadata): Promise<Said>;
  /** How many were made. */
  requests(): number;
  /** From now on the caller's signal ends nothing: what was made is cleaned up also when the caller has given up. */
  outlive(): void;
}

/** Refusals say something about the vendor; all other errors are about us, the network or the moment. */
const ANSWERS = /^(invalid|limit|not_found|conflict|unsupported|server)$/;

/** Sends and counts. */
export function createAsk(provider: Provider, { signal, ...options }: HttpOptions): Ask {
  const { client, data } = provider;
  let http: HttpOptions = { ...options, ...(signal && { signal }) };
  let requests = 0;
  let shown: Metadata | undefined;
  const send: Ask["send"] = (route, input) => {
    requests += 1;
    return client.request(route, input, http);
  };
  const ask: Ask["ask"] = async (route, input) => {
    try {
      const { status, data: body } = await send(route, input);
      return { status, refused: undefined, body, evidence: `${route} -> ${status}` };
    } catch (error) {
      if (!isConvoError(error) || !error.status || !ANSWERS.test(error.kind)) throw error;
      const { status, kind: refused } = error;
      return { status, refused, body: undefined, evidence: `${route} -> ${status}` };
    }
  };
  return {
    send,
    ask,
    async read(id) {
      const response = await send(data.read, { path: pathOf(provider, id) });
      const { body, document = {} } = parseConversation(
        provider,
        id,
        response,
        "inspect",
      ) as ParsedConversation;
      shown = body;
      return { body, document };
    },
    update: (id, body) =>
      ask(data.update, { path: pathOf(provider, id), body: toRequestBody(provider, body, shown) }),
    requests: () => requests,
    outlive() {
      http = options;
    },
  };
}
