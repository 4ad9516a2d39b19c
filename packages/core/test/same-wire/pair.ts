/** One call of an SDK and the same call through ours, in every way we have. */
export type Pair = readonly [theirs: () => PromiseLike<unknown>, ...ours: (() => PromiseLike<unknown>)[]];

/** The SDK's resource, and a pair for each of its methods: `create`, `items.list`, ... */
export type Sides = [resource: object, pairs: Record<string, Pair>];

export interface Setup {
  readonly apiKey: string;
  readonly baseUrl: string;
}

/** The setup in the words of the vendors' SDKs, which all come from one generator. */
export const official = ({
  apiKey,
  baseUrl,
}: Setup): { apiKey: string; baseURL: string; maxRetries: number } => ({
  apiKey,
  baseURL: baseUrl,
  maxRetries: 0,
});
