// Starter for workerd: a module worker that runs the smoke test when it is asked to.
import { smoke } from "../smoke.mjs";

export default {
  async fetch(request) {
    const { origin, run, elsewhere } = await request.json();
    try {
      return Response.json({ runtime: navigator.userAgent, steps: await smoke(origin, run, elsewhere) });
    } catch (error) {
      return new Response(String(error?.stack ?? error), { status: 500 });
    }
  },
};
