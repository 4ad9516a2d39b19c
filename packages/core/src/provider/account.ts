import type { CallOptions } from "@convo/client";
import type { Provider } from "./provider.ts";

/** Names the account that a call with these options goes to: vendor, server, account, path parameters. It holds no credential. */
export async function accountOf(provider: Provider, options: CallOptions = {}): Promise<string> {
  const { baseUrl } = await provider.resolveTarget(options);
  return JSON.stringify([provider.name, baseUrl, provider.options.account ?? null, provider.path]);
}
