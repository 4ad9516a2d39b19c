export { answer as default } from "../../answer.js";

export const config = { runtime: "edge" };
