/** A local index of the conversations that this process has seen. */
export { accountOf } from "../provider/account.ts";
export type { Catalogue, CatalogueQuery, CatalogueRow, CatalogueStore } from "../types/catalogue.ts";
export { type CatalogueOptions, createCatalogue, memoryStore } from "./catalogue.ts";
