/** What keeps a value itself (not what is inside it) out of JSON, or `false`. Throws only what a proxy throws. */
export function flawOf(value: unknown): string | false {
  if (typeof value === "string") return /\p{Surrogate}/u.test(value) && "half a surrogate pair";
  if (typeof value === "number") return !Number.isFinite(value) && String(value);
  if (value === null || typeof value === "boolean") return false;
  if (typeof value !== "object") return typeof value;
  if (Array.isArray(value)) return false;
  const prototype: object | null = Object.getPrototypeOf(value);
  // Only `Object.prototype`, of whichever realm, has this method as its own.
  const plain = prototype === null || Object.hasOwn(prototype, "isPrototypeOf");
  return !plain && `instance of ${prototype.constructor?.name}`;
}

/** What JSON would drop from, or add to, a list or plain object with these enumerable string keys, or `false`. */
export function shapeFlawOf(value: object, keys: readonly string[]): string | false {
  const list = Array.isArray(value);
  if (Reflect.ownKeys(value).length > keys.length + (list ? 1 : 0)) return "symbol or hidden keys";
  const dense = !list || (keys.length === value.length && keys.every((key, index) => key === String(index)));
  return !dense && "gaps or named properties";
}
