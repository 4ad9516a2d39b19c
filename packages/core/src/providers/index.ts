export { agentsight } from "./agentsight.ts";
export { chatdash } from "./chatdash.ts";
export { datagrid } from "./datagrid.ts";
export { letta } from "./letta.ts";
export { openai } from "./openai.ts";
