export { decodeMetadata, encodeMetadata } from "./codec.ts";
export { diffMetadata, type MetadataDiff } from "./diff.ts";
export {
  equalJson,
  isDocument,
  type Json,
  type JsonInput,
  type Metadata,
  type MetadataInput,
  type MetadataPatch,
  type ParsedDocument,
  parseDocument,
} from "./json.ts";
export {
  checkMetadata,
  type Headroom,
  headroom,
  type MetadataLimits,
  type Room,
  type Violation,
} from "./limits.ts";
export { type MergeOptions, mergeMetadata } from "./merge.ts";
export { findNonJson, type NonJson, NonJsonError, snapshot } from "./non-json.ts";
