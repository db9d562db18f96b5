import { unicodePattern } from "../text/unicode.ts";
import { getItem } from "../value/attribute.ts";
import { isText } from "../value/kind.ts";
import { str } from "../value/text.ts";
import { Undefined, type Value } from "../value/value.ts";

/** Reads the attribute of an item by its path: `"address.city"`, `"tags.0"`, `0`; the item itself without a path. */
export function attributeGetter(path: Value | undefined, fallback: Value = null): (item: Value) => Value {
  const parts = attributeParts(path);
  return (item) => {
    let value = item;
    for (const part of parts) {
      value = getItem(value, part);
      if (fallback !== null && value instanceof Undefined) value = fallback;
    }
    return value;
  };
}

function attributeParts(path: Value | undefined): Value[] {
  if (path === undefined || path === null) return [];
  if (!isText(path)) return [path];
  return str(path)
    .split(".")
    .map((part) => (NUMBER().test(part) ? Number(part) : part));
}

const NUMBER = unicodePattern("^\\p{Nd}+$");

/** Several paths between commas, each for a key to sort by. */
export function attributeGetters(paths: Value | undefined): ((item: Value) => Value)[] {
  if (!isText(paths)) return [attributeGetter(paths)];
  return str(paths)
    .split(",")
    .map((path) => attributeGetter(path));
}

/** Text in lower case, all else as it is: what is compared where case does not count. */
export function ignoringCase(value: Value): Value {
  return isText(value) ? str(value).toLowerCase() : value;
}
