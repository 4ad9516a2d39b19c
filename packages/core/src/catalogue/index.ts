/** A local index of the conversations that this process has seen. */
export type { Catalogue, CatalogueQuery, CatalogueRow, CatalogueStore } from "../types/catalogue.ts";
export { type CatalogueOptions, createCatalogue, memoryStore } from "./catalogue.ts";
