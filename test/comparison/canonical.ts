import { get, isObject, keys, parseJson, printJson, type Json } from "ferry-cdk";

/** A text that is the same for equal values: keys are sorted; `1` and `1.0` differ. */
export function canonical(value: Json | undefined): string {
  if (value === undefined) return "undefined";
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonical(item)).join(",")}]`;
  if (!isObject(value)) return printJson(value);
  const members = [...keys(value)].sort().map((key) => `${printJson(key)}:${canonical(get(value, key))}`);
  return `{${members.join(",")}}`;
}

/** The same for what is no Json by its type, but was made of it. */
export const textOf = (value: unknown): string => canonical(value as Json);

/** The JSON of a text, undefined where it is none. */
export function jsonOf(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The first place where two values differ, for people; undefined where there is none. */
export function difference(want: Json | undefined, got: Json | undefined, path = ""): string | undefined {
  if (canonical(want) === canonical(got)) return undefined;
  if (isObject(want) && isObject(got)) {
    for (const key of new Set([...keys(want), ...keys(got)])) {
      const deeper = difference(get(want, key), get(got, key), `${path}/${key}`);
      if (deeper !== undefined) return deeper;
    }
  }
  if (Array.isArray(want) && Array.isArray(got) && want.length === got.length) {
    for (const [i, item] of want.entries()) {
      const deeper = difference(item as Json, got[i] as Json, `${path}/${i}`);
      if (deeper !== undefined) return deeper;
    }
  }
  return `${path || "/"}: want ${clip(canonical(want))}, got ${clip(canonical(got))}`;
}

const clip = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)}…` : text);
