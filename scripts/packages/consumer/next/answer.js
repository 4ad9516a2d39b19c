import { smoke } from "../smoke.mjs";

/** Runs the smoke test inside a route handler: `?port=<port>&run=<run>`. */
export async function answer(request) {
  const { port, run } = Object.fromEntries(new URL(request.url).searchParams);
  try {
    const steps = await smoke(`http://127.0.0.1:${port}`, run, `http://localhost:${port}`);
    return Response.json({ runtime: globalThis.EdgeRuntime ? "edge" : "nodejs", steps });
  } catch (error) {
    return new Response(String(error?.stack ?? error), { status: 500 });
  }
}
