import { fail } from "../failure.ts";
import { strip, stripEnd, stripStart } from "../text/whitespace.ts";
import { integerArgument, method, textArgument, type Method } from "../value/call.ts";
import { codePointCount } from "../value/iterate.ts";
import type { Value } from "../value/value.ts";

/** Stripping and filling. */
export const layoutMethods: Readonly<Record<string, Method<string>>> = {
  strip: method(0, 1, (text, characters) => trim(text, characters, true, true)),
  lstrip: method(0, 1, (text, characters) => trim(text, characters, true, false)),
  rstrip: method(0, 1, (text, characters) => trim(text, characters, false, true)),
  removeprefix: method(1, 1, (text, prefix) => {
    const start = textArgument(prefix);
    return text.startsWith(start) ? text.slice(start.length) : text;
  }),
  removesuffix: method(1, 1, (text, suffix) => {
    const end = textArgument(suffix);
    return end !== "" && text.endsWith(end) ? text.slice(0, -end.length) : text;
  }),
  ljust: method(1, 2, (text, width, filling) => text + gap(text, width, filling)),
  rjust: method(1, 2, (text, width, filling) => gap(text, width, filling) + text),
  center: method(1, 2, (text, width, filling) => {
    const size = integerArgument(width);
    const missing = Math.max(size - codePointCount(text), 0);
    const character = fillCharacter(filling);
    // CPython puts an odd one to the left where both the gap and the width are odd.
    const left = Math.floor(missing / 2) + (missing & size & 1);
    return character.repeat(left) + text + character.repeat(missing - left);
  }),
  zfill: method(1, 1, (text, width) => {
    const missing = Math.max(integerArgument(width) - codePointCount(text), 0);
    const signed = text.startsWith("+") || text.startsWith("-");
    return (signed ? text.charAt(0) : "") + "0".repeat(missing) + (signed ? text.slice(1) : text);
  }),
  expandtabs: method(0, 1, (text, size) => expandTabs(text, integerArgument(size, 8)), ["tabsize"]),
};

/** Python's `strip` and its like: of white space, or of the given characters. */
export function trim(text: string, characters: Value | undefined, start: boolean, end: boolean): string {
  if (characters === undefined || characters === null) {
    return start && end ? strip(text) : start ? stripStart(text) : stripEnd(text);
  }
  const away = new Set(Array.from(textArgument(characters)));
  const points = Array.from(text);
  let from = 0;
  let to = points.length;
  while (start && from < to && away.has(points[from]!)) from++;
  while (end && to > from && away.has(points[to - 1]!)) to--;
  return points.slice(from, to).join("");
}

function gap(text: string, width: Value | undefined, filling: Value | undefined): string {
  return fillCharacter(filling).repeat(Math.max(integerArgument(width) - codePointCount(text), 0));
}

function fillCharacter(value: Value | undefined): string {
  const character = value === undefined ? " " : textArgument(value);
  if (codePointCount(character) === 1) return character;
  throw fail("TypeError", "The fill character must be exactly one character long");
}

function expandTabs(text: string, size: number): string {
  let column = 0;
  let result = "";
  for (const character of text) {
    if (character === "\t") {
      const width = size > 0 ? size - (column % size) : 0;
      result += " ".repeat(width);
      column += width;
    } else {
      result += character;
      column = character === "\n" || character === "\r" ? 0 : column + 1;
    }
  }
  return result;
}
