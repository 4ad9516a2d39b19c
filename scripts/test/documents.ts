/** Documents as vendors publish them, one kind of fault each; made up, and none of them by anybody who publishes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "fixtures", "documents");

/** Names of the documents, in order. */
export const documentNames: readonly string[] = readdirSync(FOLDER)
  .map((file) => file.replace(/\.yaml$/, ""))
  .sort();

/** Where a document is. */
export const documentFile = (name: string): string => join(FOLDER, `${name}.yaml`);

/** A document's text. */
export const document = (name: string): string => readFileSync(documentFile(name), "utf8");
