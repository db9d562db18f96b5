import { unicodePattern } from "../text/unicode.ts";
import { fail, typeError } from "../failure.ts";
import { splitLines, SPACE } from "../text/whitespace.ts";
import { integerArgument, method } from "../value/call.ts";
import { isList, isText, typeName } from "../value/kind.ts";
import { codePointCount } from "../value/iterate.ts";
import { str } from "../value/text.ts";
import { truthy } from "../value/truth.ts";
import { raiseUndefined } from "../value/undefined.ts";
import { Tuple, Undefined, type Value } from "../value/value.ts";
import type { Filters } from "./filters.ts";
import { onText } from "./text.ts";

/** Filters that lay out lines. */
export const wrapFilters: Filters = {
  indent: method(0, 3, indent, ["width", "first", "blank"]),
  wordwrap: method(
    0,
    4,
    (value, width, breakLong = true, wrapString, breakHyphens = true) => {
      const options = {
        width: integerArgument(width, 79),
        breakLong: truthy(breakLong),
        breakHyphens: truthy(breakHyphens),
      };
      const end = wrapString === undefined || wrapString === null ? "\n" : str(wrapString);
      const lines = splitLines(requireText(value)).map((line) => wrap(line, options).join(end));
      return lines.join(end);
    },
    ["width", "break_long_words", "wrapstring", "break_on_hyphens"],
  ),
};

function requireText(value: Value): string {
  if (value instanceof Undefined) raiseUndefined(value);
  if (isText(value)) return str(value);
  throw fail("AttributeError", `'${typeName(value)}' object has no attribute 'splitlines'`);
}

function indent(value: Value, width: Value = 4, first: Value = false, blank: Value = false): Value {
  if (!isText(value) && (!isList(value) || value instanceof Tuple) && !(value instanceof Undefined)) {
    throw typeError(`unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`);
  }
  requireText(value);
  return onText(value, (text) => {
    const space = isText(width) ? str(width) : " ".repeat(Math.max(integerArgument(width), 0));
    const [start = "", ...rest] = splitLines(`${text}\n`);
    const indented = rest.map((line) => (line === "" && !truthy(blank) ? line : space + line));
    return (truthy(first) ? space : "") + [start, ...indented].join("\n");
  });
}

interface WrapOptions {
  readonly width: number;
  readonly breakLong: boolean;
  readonly breakHyphens: boolean;
}

const HYPHENATED = unicodePattern(
  `[${SPACE}]+|[\\p{L}\\p{N}_!"'&.,?]*?[\\p{L}]-(?=[\\p{L}]{2})|[^${SPACE}]+?(?=--)|-{2,}(?=[\\p{L}\\p{N}_])|[^${SPACE}-]*(?:-(?![\\p{L}]{2})[^${SPACE}-]*)*`,
  "gu",
);
const SPACED = new RegExp(`[${SPACE}]+|[^${SPACE}]+`, "g");

/** Lines no wider than the width, as Python's `textwrap.wrap` cuts them. */
function wrap(text: string, { width, breakLong, breakHyphens }: WrapOptions): string[] {
  const chunks = (text.match(breakHyphens ? HYPHENATED() : SPACED) ?? []).filter((chunk) => chunk !== "");
  const lines: string[] = [];
  let line = "";
  const isBlank = (chunk: string): boolean => chunk.trim() === "";
  const flush = (): void => {
    const kept = line.trimEnd();
    if (kept !== "") lines.push(kept);
    line = "";
  };
  for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
    if (line === "" && isBlank(chunk) && lines.length > 0) continue;
    if (codePointCount(line + chunk) <= width) line += chunk;
    else if (codePointCount(chunk) > width) {
      const space = width < 1 ? 1 : width - codePointCount(line);
      if (breakLong && space > 0) {
        const points = Array.from(chunk);
        line += points.slice(0, space).join("");
        chunks.unshift(points.slice(space).join(""));
        flush();
      } else {
        if (line !== "") flush();
        if (breakLong) chunks.unshift(chunk);
        else lines.push(chunk);
      }
    } else {
      flush();
      if (!isBlank(chunk)) line = chunk;
    }
  }
  flush();
  return lines;
}
