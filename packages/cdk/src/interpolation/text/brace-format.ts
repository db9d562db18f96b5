import { fail, valueError } from "../failure.ts";
import { repr, str } from "../value/text.ts";
import type { Named, Value } from "../value/value.ts";
import { format } from "./format-spec.ts";

/** How a field reaches into its value: `{0.name}`, `{0[key]}`. */
export interface Access {
  attribute(object: Value, name: string): Value;
  item(object: Value, key: Value): Value;
}

/** Python's `text.format(*positional, **named)`. */
export function braceFormat(
  text: string,
  positional: readonly Value[],
  named: (name: string) => Value | undefined,
  access: Access,
): string {
  const counter: Counter = { next: 0, numbered: undefined };
  return fillFields(text, positional, named, access, counter, 2);
}

/** How fields without a name have been counted so far. */
interface Counter {
  next: number;
  numbered: boolean | undefined;
}

export function namedLookup(named: Named): (name: string) => Value | undefined {
  return (name) => named.get(name);
}

function fillFields(
  text: string,
  positional: readonly Value[],
  named: (name: string) => Value | undefined,
  access: Access,
  counter: Counter,
  depth: number,
): string {
  if (depth < 0) throw valueError("Max string recursion exceeded");
  let result = "";
  let at = 0;
  while (at < text.length) {
    const brace = text.slice(at).search(/[{}]/);
    if (brace < 0) return result + text.slice(at);
    result += text.slice(at, at + brace);
    at += brace;
    const character = text.charAt(at);
    if (text.charAt(at + 1) === character) {
      result += character;
      at += 2;
      continue;
    }
    if (character === "}") throw valueError("Single '}' encountered in format string");
    const end = endOfField(text, at + 1);
    const { path, conversion, spec } = parseField(text.slice(at + 1, end));
    let value = lookUp(path, positional, named, access, counter);
    if (conversion === "r") value = repr(value);
    else if (conversion === "s") value = str(value);
    else if (conversion === "a")
      value = repr(value).replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    result += format(value, fillFields(spec, positional, named, access, counter, depth - 1));
    at = end + 1;
  }
  return result;
}

function endOfField(text: string, start: number): number {
  let open = 1;
  let bracket = false;
  for (let i = start; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === "[") bracket = true;
    else if (character === "]") bracket = false;
    else if (bracket) continue;
    else if (character === "{") open++;
    else if (character === "}" && --open === 0) return i;
  }
  throw valueError(
    start === text.length ? "Single '{' encountered in format string" : "expected '}' before end of string",
  );
}

function parseField(field: string): { path: string; conversion: string; spec: string } {
  const [, path = "", conversion = "", colon = "", spec = ""] =
    /^((?:\[[^\]]*\]|[^[!:])*)(?:!([^:]*))?(:?)([^]*)$/.exec(field) ?? [];
  if (field.includes("!") && conversion !== "" && !/^[rsa]$/.test(conversion)) {
    throw valueError(`Unknown conversion specifier ${conversion}`);
  }
  return { path, conversion, spec: colon === "" ? "" : spec };
}

function lookUp(
  path: string,
  positional: readonly Value[],
  named: (name: string) => Value | undefined,
  access: Access,
  counter: Counter,
): Value {
  const [, first = "", rest = ""] = /^([^.[]*)([^]*)$/.exec(path) ?? [];
  let value: Value | undefined;
  if (first === "" || /^\d+$/.test(first)) {
    const place = first === "" ? counter.next++ : Number(first);
    if (counter.numbered !== undefined && counter.numbered !== (first !== "")) {
      throw valueError("cannot switch between manual field specification and automatic field numbering");
    }
    counter.numbered = first !== "";
    value = positional[place];
    if (value === undefined)
      throw fail("IndexError", `Replacement index ${place} out of range for positional args tuple`);
  } else {
    value = named(first);
    if (value === undefined) throw fail("KeyError", repr(first));
  }
  for (const [, name, key] of rest.matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
    if (name !== undefined) value = access.attribute(value, name);
    else if (key !== undefined) value = access.item(value, /^\d+$/.test(key) ? Number(key) : key);
  }
  return value;
}
