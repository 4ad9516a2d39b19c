"use client";
// A client component: the packages are in the browser's bundle, and load on the server that renders the page.
import { createOpenAIClient } from "@convo/openai";
import { createElement } from "react";

export default function Page() {
  const { vendor } = createOpenAIClient({ apiKey: null });
  return createElement("p", null, vendor.name);
}
