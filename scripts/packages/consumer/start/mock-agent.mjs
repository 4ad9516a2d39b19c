// Runs in Node. MSW cannot see requests over undici; undici's own MockAgent answers them.
import { undiciFetch } from "@convo/client/undici";
import { MockAgent } from "undici";
import undici from "undici/package.json" with { type: "json" };
import { check, conversation } from "../mocked.mjs";

const dispatcher = new MockAgent();
dispatcher.disableNetConnect();
const vendor = dispatcher.get("https://api.openai.com");
const path = "/v1/conversations/conv_1";
const headers = { "content-type": "application/json" };
const send = () => JSON.stringify(conversation);
vendor.intercept({ path }).reply(200, send, { headers }).persist();
vendor
  .intercept({ path, method: "POST" })
  .reply(200, ({ body }) => JSON.stringify(Object.assign(conversation, JSON.parse(body))), { headers });
vendor
  .intercept({ path: "/v1/conversations/conv_2" })
  .reply(404, { error: { message: "none" } }, { headers });
const steps = await check(undiciFetch({ dispatcher }));
console.log(JSON.stringify({ runtime: `undici ${undici.version}`, steps }));
