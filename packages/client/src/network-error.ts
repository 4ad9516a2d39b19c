/** What a failed request says about itself. */
export interface NetworkFailure {
  /** The innermost code and message, `ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:9`. */
  readonly text: string;
  /** True if the request certainly never left: no connection was made. */
  readonly unsent: boolean;
  /** True if the peer's certificate or TLS version was refused: sending again cannot help. */
  readonly tls: boolean;
  /** True if what came back was not HTTP, or not what its headers announced. */
  readonly malformed: boolean;
}

// Node and undici give codes, Bun its own, Deno only a text; browsers say nothing.
const UNSENT =
  /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket|during (connect|getaddrinfo))\b|client error \(Connect\)|before secure TLS|HTTP Tunneling|\(407\)|bad port|REFUSED_STREAM/;
const TLS =
  /CERT|SIGNATURE|ERR_TLS|ERR_SSL_(WRONG|UNSUPPORTED|PACKET|SSLV3|TLSV1_ALERT_PROTOCOL)|certificate/;
const MALFORMED =
  /\b(HTTPParser|HPE_|Z_|UND_ERR_(HEADERS_OVERFLOW|RES))|zlib|zstd|gzip|decompress|content-encoding|malformed|invalid.?(http|content)/i;

/** Reads the chain of causes of whatever a `fetch` threw. */
export function classifyNetworkError(error: unknown): NetworkFailure {
  let chain = "";
  let text = "";
  for (let at = error, depth = 0; at && depth < 6; at = Object(at).cause, depth++) {
    const { name, code, message, syscall, errors } = Object(at);
    chain += ` ${name} ${code} ${message} during ${syscall ?? errors?.[0]?.syscall}`;
    text = `${code ? `${code}: ` : ""}${message || errors?.[0]?.message || text || String(at)}`;
  }
  // Deno quotes the address, and an id in it may look like a code.
  chain = chain.replace(/http\S+/g, "");
  const tls = TLS.test(chain);
  return { text, tls, unsent: tls || UNSENT.test(chain), malformed: MALFORMED.test(chain) };
}
