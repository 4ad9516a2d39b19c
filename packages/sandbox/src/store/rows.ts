/** Which documents: those of one kind, in one account of one vendor. */
export type Scope = readonly [vendor: string, account: string, kind: string];

/** A document as it is filed; `body` is its JSON. */
export interface Row {
  readonly id: string;
  readonly parent: string;
  readonly alias: string;
  readonly body: string;
}

/** What a place to keep rows must do. Bodies come back in the order in which their rows were added. */
export interface Rows {
  get(scope: Scope, id: string): string | undefined;
  add(scope: Scope, row: Row): void;
  put(scope: Scope, row: Row): void;
  remove(scope: Scope, id: string): void;
  clear(scope: Scope, parent: string): void;
  all(scope: Scope): string[];
  children(scope: Scope, parent: string): string[];
  aliased(scope: Scope, alias: string): string[];
  count(counter: string, first: number): number;
  transaction<T>(work: () => T): T;
  /** Whether there is no row, and nothing was ever counted. */
  empty(): boolean;
  accounts(vendor: string): string[];
  wipe(): void;
  close(): void;
}
