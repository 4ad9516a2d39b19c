import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";

const root = join(import.meta.dirname, "..");

/** The pages of a folder, its index first. */
function pagesOf(folder: string): { text: string; link: string }[] {
  const names = readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md") && name !== "index.md")
    .map((name) => name.replace(/\.md$/, ""));
  return names.toSorted().map((name) => ({ text: name.replaceAll("-", " "), link: `/${folder}/${name}` }));
}

export default defineConfig({
  title: "Convo",
  description: "One typed client per AI-conversation vendor, and one safe update over all of them.",
  lang: "en",
  cleanUrls: true,
  lastUpdated: false,
  srcExclude: ["node_modules/**", "walks/**"],
  // The same documents are read on GitHub, so links leave the site only for what is not a page of it.
  ignoreDeadLinks: false,
  markdown: { theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" } },
  vite: {
    build: { target: "es2022" },
    esbuild: { target: "es2022" },
    // The theme's home page has no main landmark, which people who use a screen reader jump to.
    resolve: {
      alias: [{ find: /^\.\/VPHome\.vue$/, replacement: join(import.meta.dirname, "theme", "Home.vue") }],
    },
  },
  themeConfig: {
    search: {
      provider: "local",
      // The reference has ten times as many headings as the guides, and each is a single word: it comes after them.
      options: {
        miniSearch: {
          searchOptions: { boostDocument: (id: string) => (id.startsWith("/reference/") ? 0.1 : 1) },
        },
      },
    },
    nav: [
      { text: "Start", link: "/start" },
      { text: "Guide", link: "/guide/update" },
      { text: "Vendors", link: "/vendors/" },
      { text: "Recipes", link: "/recipes/" },
      { text: "Errors", link: "/errors/" },
      { text: "Reference", link: "/reference/" },
      { text: "Try it", link: "/compose" },
    ],
    sidebar: [
      {
        text: "Begin",
        items: [
          { text: "Start in five minutes", link: "/start" },
          { text: "Which package?", link: "/packages" },
          { text: "Find an answer", link: "/find" },
          { text: "Compose an update", link: "/compose" },
        ],
      },
      {
        text: "Guide",
        items: [
          { text: "Update", link: "/guide/update" },
          { text: "Metadata", link: "/guide/metadata" },
          { text: "Guarantees", link: "/guide/guarantees" },
          { text: "Plan, apply, probe", link: "/guide/plan" },
          { text: "The other verbs", link: "/guide/verbs" },
          { text: "Many conversations", link: "/guide/bulk" },
          { text: "Durable updates", link: "/guide/queue" },
          { text: "Observe and trace", link: "/guide/observe" },
          { text: "The command", link: "/guide/cli" },
        ],
      },
      {
        text: "Client",
        items: [
          { text: "Options and retries", link: "/client/options" },
          { text: "Calls, lists, streams", link: "/client/calls" },
          { text: "Errors and listeners", link: "/client/errors" },
          { text: "undici and proxies", link: "/client/network" },
          { text: "Where it runs", link: "/client/runtimes" },
          { text: "Move from the official SDKs", link: "/migrate" },
        ],
      },
      { text: "Sandbox", items: [{ text: "The sandbox", link: "/sandbox" }] },
      { text: "Vendors", link: "/vendors/", collapsed: false, items: pagesOf("vendors") },
      { text: "Recipes", link: "/recipes/", collapsed: true, items: pagesOf("recipes") },
      { text: "Errors", link: "/errors/", collapsed: true, items: pagesOf("errors") },
      { text: "Warnings", link: "/warnings/", collapsed: true, items: pagesOf("warnings") },
      {
        text: "About",
        items: [
          { text: "Measurements", link: "/measurements" },
          { text: "Versions and support", link: "/policy" },
        ],
      },
    ],
  },
});
