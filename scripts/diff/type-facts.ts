/** What the compiler knows of one generated type, in the words a comparison of two needs. */
import ts from "typescript";

const has = (type: ts.Type, flags: ts.TypeFlags): boolean => (type.flags & flags) !== 0;
const isAbsent = (type: ts.Type): boolean => has(type, ts.TypeFlags.Never | ts.TypeFlags.Undefined);
const isObject = (type: ts.Type): boolean =>
  has(type, ts.TypeFlags.Object) ||
  (type.isIntersection() && type.types.every((part) => has(part, ts.TypeFlags.Object)));

/** A type taken apart: what is compared as a value, and what is compared property by property. */
export interface Members {
  readonly values: readonly ts.Type[];
  readonly objects: readonly ts.Type[];
}

/** The members of a union, or the type alone; `undefined` is none. */
export function membersOf(type: ts.Type): Members {
  const members = (type.isUnion() ? type.types : [type]).filter((member) => !isAbsent(member));
  return { values: members.filter((member) => !isObject(member)), objects: members.filter(isObject) };
}

/** What a list is of; undefined for anything but a list. */
export const itemOf = (checker: ts.TypeChecker, type: ts.Type): ts.Type | undefined =>
  checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;

/** A property's type; undefined where there is none, or none that can hold anything. */
export function propertyType(checker: ts.TypeChecker, property: ts.Symbol | undefined): ts.Type | undefined {
  const type = property && checker.getTypeOfSymbol(property);
  return type && !isAbsent(type) ? type : undefined;
}

/** Whether a property may be left out. */
export const isOptional = (property: ts.Symbol | undefined): boolean =>
  property !== undefined && (property.flags & ts.SymbolFlags.Optional) !== 0;

/** What tells a variant of a union from the others, as `type=message`; a tag of a form only (`evt_${string}`) is `type=?`. */
export function tagsOf(checker: ts.TypeChecker, type: ts.Type): string[] {
  return type.getProperties().flatMap((property) => {
    const value = checker.getTypeOfSymbol(property);
    if (value.isStringLiteral()) return [`${property.name}=${value.value}`];
    return has(value, ts.TypeFlags.TemplateLiteral) ? [`${property.name}=?`] : [];
  });
}

/** Whether a variant stands for tags yet unknown. */
export const isOpenVariant = (checker: ts.TypeChecker, type: ts.Type): boolean =>
  tagsOf(checker, type).some((tag) => tag.endsWith("=?"));

/** The type as TypeScript prints it, on one line. */
export const textOf = (checker: ts.TypeChecker, type: ts.Type): string =>
  checker.typeToString(type).replaceAll(/\s+/g, " ");
