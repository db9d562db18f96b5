import { wordPattern } from "../text/unicode.ts";
import { fail, typeError } from "../failure.ts";
import { capitalize } from "../methods/text-case.ts";
import { layoutMethods, trim } from "../methods/text-layout.ts";
import { replace } from "../methods/text-search.ts";
import { percentFormat } from "../text/percent-format.ts";
import { SPACE } from "../text/whitespace.ts";
import { integerArgument, method, wholeMethod } from "../value/call.ts";
import { length as sizeOfValue } from "../value/iterate.ts";
import { isList, isText, typeName } from "../value/kind.ts";
import { str } from "../value/text.ts";
import { truthy } from "../value/truth.ts";
import { dictOf } from "../value/mapping.ts";
import { Markup, Undefined, tuple, type Value } from "../value/value.ts";
import type { Filters } from "./filters.ts";

/** Applies a change of text; what was marked as safe HTML stays marked. */
export function onText(value: Value, change: (text: string) => string): string | Markup {
  return value instanceof Markup ? new Markup(change(value.text)) : change(str(value));
}

/** Filters that give text for text. */
export const textFilters: Filters = {
  upper: method(0, 0, (value) => onText(value, (text) => text.toUpperCase())),
  lower: method(0, 0, (value) => onText(value, (text) => text.toLowerCase())),
  capitalize: method(0, 0, (value) => onText(value, capitalize)),
  title: method(0, 0, (value) => onText(value, title)),
  trim: method(0, 1, (value, characters) => onText(value, (text) => trim(text, characters, true, true)), ["chars"]),
  center: method(0, 1, (value, width = 80) => onText(value, (text) => str(layoutMethods["center"]!.run(text, width))), [
    "width",
  ]),
  replace: method(
    2,
    3,
    (value, old, fresh, count) =>
      replace(str(value), str(old!), str(fresh!), count === undefined || count === null ? -1 : integerArgument(count)),
    ["old", "new", "count"],
  ),
  format: wholeMethod((value, positional, named) => {
    if (positional.length > 0 && named.size > 0) {
      throw fail("FilterArgumentError", "can't handle positional and keyword arguments at the same time");
    }
    return onText(value, (text) => percentFormat(text, named.size > 0 ? dictOf(named) : tuple(positional)));
  }),
  wordcount: method(0, 0, (value) => str(value).match(wordPattern())?.length ?? 0),
  truncate: method(0, 4, truncate, ["length", "killwords", "end", "leeway"]),
  default: method(0, 2, orDefault, ["default_value", "boolean"]),
  d: method(0, 2, orDefault, ["default_value", "boolean"]),
};

function orDefault(value: Value, fallback: Value = "", whenFalse: Value = false): Value {
  return value instanceof Undefined || (truthy(whenFalse) && !truthy(value)) ? fallback : value;
}

const WORD_START = new RegExp(`([-${SPACE}({[<]+)`);

function title(text: string): string {
  return text
    .split(WORD_START)
    .map((part) => {
      const first = part === "" ? "" : String.fromCodePoint(part.codePointAt(0)!);
      return first.toUpperCase() + part.slice(first.length).toLowerCase();
    })
    .join("");
}

function truncate(value: Value, size?: Value, killWords?: Value, end: Value = "...", leeway?: Value): Value {
  const ending = str(end);
  const length = integerArgument(size, 255);
  const slack = leeway === undefined || leeway === null ? 5 : integerArgument(leeway);
  if (length < ending.length) throw fail("AssertionError", `expected length >= ${ending.length}, got ${length}`);
  if (slack < 0) throw fail("AssertionError", `expected leeway >= 0, got ${slack}`);
  if (sizeOfValue(value) <= length + slack) return value;
  if (isList(value)) throw fail("AttributeError", "'list' object has no attribute 'rsplit'");
  if (!isText(value)) throw typeError(`'${typeName(value)}' object is not subscriptable`);
  const points = Array.from(str(value));
  return onText(value, () => {
    const kept = points.slice(0, length - ending.length).join("");
    if (killWords !== undefined && truthy(killWords)) return kept + ending;
    const space = kept.lastIndexOf(" ");
    return (space < 0 ? kept : kept.slice(0, space)) + ending;
  });
}
