/** Asks the compiler what it thinks of a vendor's provider file, and what answers it would take. */
import { join } from "node:path";
import ts from "typescript";
import { type Answer, type ProviderFile, readProvider, routesOf } from "./provider-file.ts";

/** One line of a provider file, or of its verbs', that does not compile. */
export interface Problem {
  file: string;
  line: number;
  /** The answer it is about, e.g. `fields.name`; empty when it is about none. */
  key: string;
  message: string;
  answer: Answer | undefined;
  /** Answers the compiler would take for a common field, as source text. */
  choices: string[];
}

/** A problem as a line for a person: where, what about, and the answers there are. */
export const asked = ({ file, line, key, message, choices }: Problem): string =>
  `${file}:${line}  ${key}: ${choices.length > 0 ? choices.join(" or ") : message}`;

const OPTIONS: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  types: [],
};

/** Sources that are the same in every program, such as the standard library. */
const parsed = new Map<string, [text: string, source: ts.SourceFile]>();

/**
 * Type-checks `packages/core/src/providers/<vendor>.ts` and the file of its verbs.
 *
 * @param schema text to take for the vendor's generated `schema.ts`, instead of the one on disk
 * @returns problems in the order of the files; empty when they compile, or when core has no such provider
 */
export function checkProvider(root: string, vendor: string, schema?: string): Problem[] {
  const provider = readProvider(root, vendor);
  if (!provider) return [];
  const file = join(root, provider.file);
  const verbs = `packages/core/src/providers/verbs/${vendor}.ts`;
  const probe = join(root, "packages/core/src/providers/probe.ts");
  const texts = new Map([[probe, probeFor(vendor, provider)]]);
  if (schema !== undefined) texts.set(join(root, "packages", vendor, "src", "schema.ts"), schema);
  const program = ts.createProgram([file, probe], OPTIONS, hostWith(texts));
  if (!program.getSourceFile(file)) throw new Error(`${provider.file} cannot be read`);
  const choices = choicesIn(program, probe);
  const ofVerbs = problemsOf(program, join(root, verbs)).map(
    ({ line, message }): Problem => ({
      file: verbs,
      line,
      key: "verbs",
      message,
      answer: undefined,
      choices: [],
    }),
  );
  const found = problemsOf(program, file).map(({ at, line, message }): Problem => {
    const answer = provider.answers.findLast(
      ({ key, start, end }) => start - lastPart(key).length - 2 <= at && at <= end,
    );
    const key = answer?.key ?? "";
    return { file: provider.file, line, key, message, answer, choices: choices(key) };
  });
  // What is wrong with the verbs is wrong again where the record takes them in.
  const others = found.filter(({ key }) => ofVerbs.length === 0 || (key !== "" && key !== "verbs"));
  return [...ofVerbs, ...others];
}

/** The compiler's errors in one file of a program. */
function problemsOf(program: ts.Program, file: string): { at: number; line: number; message: string }[] {
  const source = program.getSourceFile(file);
  if (!source) return [];
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ start: at = 0, messageText }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, " ").split("  ")[0] ?? "";
      const line = source.getLineAndCharacterOfPosition(at).line + 1;
      return { at, line, message: message.slice(0, 300) };
    },
  );
}

const lastPart = (key: string): string => key.split(".").at(-1) ?? "";

/** A file whose types are what core's own rules allow for this vendor, so that no rule is written down twice. */
function probeFor(vendor: string, provider: ProviderFile): string {
  const [read, update] = routesOf(provider).map((route) => JSON.stringify(route));
  // What the record says of where its fields are; a literal of strings is a type as it stands.
  const literal = (key: string): string =>
    provider.answers.find((answer) => answer.key === key)?.text ?? "Record<never, never>";
  return `import type { paths } from "@convo/${vendor}";
import type { FieldsOf } from "../provider/check-record.ts";
export type Fields = FieldsOf<paths, ${read}, ${update}, ${literal("envelope")}, ${literal("answerNames")}>;`;
}

function choicesIn(program: ts.Program, probe: string): (key: string) => string[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(probe);
  const alias = source?.statements.find(ts.isTypeAliasDeclaration);
  const fields = alias && checker.getTypeAtLocation(alias);
  return (key) => {
    const name = lastPart(key);
    const symbol = key.startsWith("fields.") ? fields?.getProperty(name) : undefined;
    if (!symbol) return [];
    const type = checker.getTypeOfSymbol(symbol);
    return (type.isUnion() ? type.types : [type]).flatMap((one) => choice(checker, one, name));
  };
}

/** Any key of the right type would compile; what is proposed is the one that has the name. */
function choice(checker: ts.TypeChecker, type: ts.Type, name: string): string[] {
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (type.isStringLiteral())
    return [name, snake, `is_${name}`].includes(type.value) ? [JSON.stringify(type.value)] : [];
  if ((type.flags & ts.TypeFlags.Null) !== 0) return ["null"];
  const other = type.getProperty("homonym");
  if (!other) return [];
  const keys = checker.getTypeOfSymbol(other);
  return (keys.isUnion() ? keys.types : [keys]).flatMap((one) =>
    one.isStringLiteral() ? [`{ homonym: ${JSON.stringify(one.value)} }`] : [],
  );
}

function hostWith(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const read = (name: string): string | undefined => texts.get(name) ?? ts.sys.readFile(name);
  return {
    ...host,
    fileExists: (name) => texts.has(name) || ts.sys.fileExists(name),
    readFile: read,
    getSourceFile(name, options) {
      const text = read(name);
      if (text === undefined) return undefined;
      const known = parsed.get(name);
      if (known?.[0] === text) return known[1];
      const source = ts.createSourceFile(name, text, options, true);
      parsed.set(name, [text, source]);
      return source;
    },
  };
}
