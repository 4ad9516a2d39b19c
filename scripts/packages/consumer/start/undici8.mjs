// Imported before console.mjs: whoever asks for undici gets line 8, which is installed beside line 7 as `undici8`.
import { registerHooks } from "node:module";

registerHooks({
  resolve: (name, context, next) => next(name.replace(/^undici(?=\/|$)/, "undici8"), context),
});
