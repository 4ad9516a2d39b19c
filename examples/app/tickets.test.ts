import { createSandbox } from "@convo/sandbox";
import { afterAll, beforeEach, expect, test } from "vitest";
import { createTickets } from "./tickets.ts";

const sandbox = createSandbox();
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const ID = "conv_sandbox0001";
const tickets = createTickets({
  apiKey: "sk-test",
  baseUrl: sandbox.baseUrl("openai"),
  fetch: sandbox.fetch,
  maxRetries: 0,
});
const stored = () => sandbox.read("openai", ID) as { metadata: object };

test("a closed ticket says why, and keeps everything else", async () => {
  expect(await tickets.close(ID, "paid")).toBe("closed");
  expect(stored().metadata).toEqual({ topic: "project-x", owner: "ada", status: "closed", reason: "paid" });
});

test("a ticket that is not there is told apart from a vendor that is down", async () => {
  expect(await tickets.close("conv_none", "paid")).toBe("unknown_ticket");
  sandbox.fault({ kind: "status", vendor: "openai", status: 503, times: 9 });
  expect(await tickets.close(ID, "paid")).toBe("later");
});

test("a lost answer is no failure, and nothing is written twice", async () => {
  sandbox.fault({ kind: "reset-after", vendor: "openai", operation: "updateConversation" });
  expect(await tickets.close(ID, "paid")).toBe("closed");
  expect(sandbox.requests().filter(({ method }) => method === "POST")).toHaveLength(1);
});
