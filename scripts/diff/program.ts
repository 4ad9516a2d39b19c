/** Two generated schemas in one TypeScript program, so that the checker can say what is assignable to what. */
import ts from "typescript";

/** As much of the standard library as generated types use; the real one would cost most of a second. */
const LIB = `
interface Array<T> { length: number; [index: number]: T }
interface ReadonlyArray<T> { readonly length: number; readonly [index: number]: T }
interface Boolean { valueOf(): boolean } interface Number { valueOf(): number } interface String { valueOf(): string }
interface Object {} interface Function {} interface CallableFunction {} interface NewableFunction {}
interface IArguments {} interface RegExp {}
type Record<K extends keyof any, T> = { [P in K]: T };
type Partial<T> = { [P in keyof T]?: T[P] };
type Required<T> = { [P in keyof T]-?: T[P] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Exclude<T, U> = T extends U ? never : T;
type Extract<T, U> = T extends U ? T : never;
type NonNullable<T> = T & {};
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>;`;

/** A checker over texts, and the type each text exports under a name. */
export interface Texts {
  readonly checker: ts.TypeChecker;
  /** The interface `name` of text `index`; undefined when it has none. */
  type(index: number, name: string): ts.Type | undefined;
}

/** Compiles the texts. Throws when one of them is not TypeScript that checks. */
export function compile(texts: readonly string[]): Texts {
  const files = new Map(texts.map((text, index) => [`/${index}.ts`, text]));
  files.set("/lib.d.ts", LIB);
  const options: ts.CompilerOptions = {
    noLib: true,
    strict: true,
    noEmit: true,
    types: [],
    exactOptionalPropertyTypes: true,
  };
  const sources = new Map(
    [...files].map(([name, text]) => [name, ts.createSourceFile(name, text, ts.ScriptTarget.ES2022)]),
  );
  const program = ts.createProgram([...files.keys()], options, {
    getSourceFile: (name) => sources.get(name),
    getDefaultLibFileName: () => "/lib.d.ts",
    writeFile: () => {},
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => sources.has(name),
    readFile: (name) => files.get(name),
  });
  const checker = program.getTypeChecker();
  const flaw = [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()][0];
  if (flaw)
    throw new Error(
      `generated types do not compile: ${ts.flattenDiagnosticMessageText(flaw.messageText, " ")}`,
    );
  return {
    checker,
    type(index, name) {
      const source = sources.get(`/${index}.ts`);
      const module = source && checker.getSymbolAtLocation(source);
      const symbol = module && checker.getExportsOfModule(module).find((one) => one.name === name);
      return symbol && checker.getDeclaredTypeOfSymbol(symbol);
    },
  };
}
