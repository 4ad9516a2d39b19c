import { type Collection, type Store, wire } from "../store/store.ts";
import type { VendorRules } from "./rules.ts";
import { loadSpec } from "./spec.ts";
import { checkerOf } from "./validate.ts";

/** A document that could not be served again, so it is not stored: nothing of its request is kept. */
export class Unservable extends Error {
  constructor(where: string, reason: string) {
    super(`${where} could not be served: ${reason}.`);
    this.name = "Unservable";
  }
}

/** The documents of a vendor in one account. Throws `Unservable` for one that does not fit the vendor's spec. */
export function openCollection(store: Store, rules: VendorRules, account = "default"): Collection {
  const checker = checkerOf(loadSpec(rules.name));
  return store.collection(rules.name, account, rules.kinds, (kind, doc) => {
    const schema = rules.kinds[kind]?.schema;
    const reason = schema === undefined ? undefined : checker.stored(schema, wire(doc));
    if (reason !== undefined) throw new Unservable(`${rules.name}.${kind}`, reason);
  });
}
