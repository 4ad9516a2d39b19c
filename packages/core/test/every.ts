import type { Provider, ProviderData, ProviderOptions } from "../src/index.ts";
import * as providers from "../src/providers/index.ts";

interface Factory {
  (options: ProviderOptions): Provider;
  readonly data: ProviderData;
}

/** Every provider there is, by its export's name, with a value for whatever its paths ask for. */
export function everyProvider(options: ProviderOptions): Record<string, Provider> {
  const factories = Object.entries(providers) as unknown as [string, Factory][];
  return Object.fromEntries(
    factories.map(([name, make]) => {
      const inPath = [...make.data.update.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => [
        parameter,
        "agent_1",
      ]);
      return [name, make({ ...options, ...Object.fromEntries(inPath) })];
    }),
  );
}
