export * from "./agentsight.ts";
export * from "./chatdash.ts";
export * from "./datagrid.ts";
export * from "./letta.ts";
export * from "./openai.ts";
