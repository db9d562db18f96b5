import { component, type Component } from "../../component.ts";
import type { Transformation } from "../../roles.ts";
import { ascii } from "./shared/ascii.ts";
import { renamed } from "./shared/renamed.ts";

export const keysToSnakeCase: Component<"transformation"> = component({
  kind: "transformation",
  type: "KeysToSnakeCase",
  description: "Writes the keys of each record in snake_case.",
  schema: (_, z) => z.object({}),
  create(): Transformation {
    const known = new Map<string, string>();
    const rename = (key: string): string => {
      let name = known.get(key);
      if (name === undefined) {
        name = snakeCase(key);
        if (known.size < MOST_KNOWN) known.set(key, name);
      }
      return name;
    };
    return (record) => renamed(record, rename);
  },
});

const MOST_KNOWN = 10_000; // keys may be data

/** Words joined by underscores: a change of case, a digit or a sign begins a word; a sign at either end is an empty one. */
function snakeCase(key: string): string {
  const tokens: readonly string[] = ascii(key).match(/[A-Z]+[a-z]*|[a-z]+|\d+|[^a-zA-Z\d]+/g) ?? [];
  let words = tokens.map((word) => (/[a-zA-Z\d]/.test(word) ? word.toLowerCase() : ""));
  const [first] = words;
  if (words.length >= 3) words = words.filter((word, i) => i === 0 || i === words.length - 1 || word !== "");
  return (first !== undefined && /^\d/.test(first) ? ["", ...words] : words).join("_");
}
