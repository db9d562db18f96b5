import { fail } from "../failure.ts";
import { repr as jsonRepr } from "../../json/python-text.ts";
import { typeName } from "./kind.ts";
import { repr, str } from "./text.ts";
import { Markup, Undefined, type Value } from "./value.ts";

export function raiseUndefined(value: Undefined): never {
  throw fail(value.type, value.message());
}

export function undefinedName(name: string): Undefined {
  return new Undefined(() => `'${name}' is undefined`);
}

export function undefinedHint(hint: string): Undefined {
  return new Undefined(() => hint);
}

/** The missing member or item of an object. */
export function undefinedMember(object: Value, key: Value): Undefined {
  return new Undefined(() => {
    const owner = object === null ? "None" : `${typeName(object)} object`;
    if (typeof key === "string" || key instanceof Markup) return `'${owner}' has no attribute ${jsonRepr(str(key))}`;
    return `${owner} has no element ${repr(key)}`;
  });
}

/** A member that the sandbox keeps templates from. */
export function unsafeMember(object: Value, name: string): Undefined {
  const message = `access to attribute '${name}' of '${typeName(object)}' object is unsafe.`;
  return new Undefined(() => message, "SecurityError");
}
