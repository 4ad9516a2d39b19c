import { serve } from "@hono/node-server";
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  type McpServerFactory,
  originValidationResponse,
} from "@modelcontextprotocol/server";

/**
 * Serves MCP over HTTP on 127.0.0.1, at `/mcp`. Requests that come by another host name or from a page of another origin are refused, so that
 * no web page can use it.
 */
export async function serveHttp(
  factory: McpServerFactory,
  port: number,
): Promise<{ url: string; close: () => Promise<void> }> {
  const handler = createMcpHandler(factory);
  const fetch = async (request: Request): Promise<Response> => {
    const refused =
      hostHeaderValidationResponse(request, localhostAllowedHostnames()) ??
      originValidationResponse(request, localhostAllowedOrigins());
    if (refused) return refused;
    return new URL(request.url).pathname === "/mcp"
      ? handler.fetch(request)
      : new Response(null, { status: 404 });
  };
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: "127.0.0.1" }, (address) =>
      resolve({
        url: `http://127.0.0.1:${address.port}/mcp`,
        close: async () => {
          await handler.close();
          server.close();
        },
      }),
    );
    server.once("error", reject);
  });
}
