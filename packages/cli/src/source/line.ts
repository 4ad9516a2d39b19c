/** One line of a file of updates, as core takes it: an update of one account, of several, or what is wrong with it. */
export type SourceLine = {
  /** Line of the file, from 1. */
  readonly at: number;
} & (
  | { readonly id: string | number; readonly changes: object }
  | { readonly ids: object; readonly changes: object; readonly overrides?: object }
  | { readonly problem: string }
);
