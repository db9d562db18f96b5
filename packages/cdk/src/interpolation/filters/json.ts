import { integerArgument, method } from "../value/call.ts";
import { jsonText } from "../text/json-text.ts";
import { pretty } from "../text/pretty.ts";
import { isText } from "../value/kind.ts";
import { str } from "../value/text.ts";
import { Markup } from "../value/value.ts";
import type { Filters } from "./filters.ts";

const UNSAFE: Readonly<Record<string, string>> = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "'": "\\u0027" };

/** Filters that write values as text. */
export const jsonFilters: Filters = {
  tojson: method(
    0,
    1,
    (value, indent = null) => {
      const width = indent === null ? undefined : isText(indent) ? str(indent) : " ".repeat(integerArgument(indent));
      const text = jsonText(value, { sortKeys: true, indent: width });
      return new Markup(text.replace(/[<>&']/g, (character) => UNSAFE[character] ?? character));
    },
    ["indent"],
  ),
  // In quotes, so that a template which consists of it comes to the text and not to its value.
  string: method(0, 0, (value) => (isText(value) ? value : `"""${jsonText(value, {})}"""`)),
  pprint: method(0, 0, (value) => pretty(value)),
};
