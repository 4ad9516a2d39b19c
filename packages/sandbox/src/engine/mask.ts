/** Names under which keys travel, in headers and queries: `authorization`, `x-goog-api-key`, `api_key`, `token`, ... */
const SECRET =
  /^((proxy-)?authorization|(set-)?cookie|.*\b(api[-_]?key|auth|token|secret|password|passwd|credentials?|signature)s?)$/i;
/** Headers that are a key to nothing but the request itself. */
const HARMLESS = new Set(["idempotency-key", "x-idempotency-key", "sec-websocket-key"]);

const isSecret = (name: string): boolean =>
  !HARMLESS.has(name) && SECRET.test(name.replaceAll(/([a-z])([A-Z])/g, "$1-$2").replaceAll("_", "-"));

/** Headers for the log. Of a secret only its scheme word (`Bearer`, `Api-Key`) is kept. */
export function maskHeaders(headers: Headers): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of headers) {
    const scheme = /^([A-Za-z-]+) ./.exec(value)?.[1];
    out[name] = !isSecret(name) ? value : scheme === undefined ? "***" : `${scheme} ***`;
  }
  return out;
}

/** A query for the log, as it was sent but for the values of secrets. */
export const maskQuery = (query: string): string =>
  query.replaceAll(/([?&])([^=&]+)=([^&]*)/g, (pair, separator: string, name: string) =>
    isSecret(decode(name)) ? `${separator}${name}=***` : pair,
  );

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
