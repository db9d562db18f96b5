import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compare } from "./compare.ts";
import { equal } from "./equal.ts";
import { floatText } from "./float-text.ts";
import { parseCarefully } from "./careful-parse.ts";
import { parseJson } from "./parse.ts";
import { printJson, printPython } from "./print.ts";
import { isPrintable } from "./printable.ts";
import { repr, str } from "./python-text.ts";
import { truthy } from "./truthy.ts";
import type { Json } from "./value.ts";

interface Printed {
  readonly text: string;
  readonly str: string;
  readonly truthy: boolean;
  readonly dumps: string;
  readonly sorted: string;
  readonly unescaped: string;
  readonly compact: string;
  readonly stdout: string | null;
}
interface Table {
  readonly parse: readonly [string, { repr?: string; error?: string }][];
  readonly print: readonly Printed[];
  readonly pairs: readonly [string, string, boolean, string][];
  readonly floats: readonly [string, string, string][];
  readonly printable: readonly [number, boolean][];
}

// The types are those of make-json.py, which made the table by running Python.
const table = JSON.parse(readFileSync(new URL("../../../../test/tables/json.json", import.meta.url), "utf8")) as Table;

const outcome = (parse: (text: string) => Json, text: string): { repr?: string; error?: string } => {
  try {
    return { repr: repr(parse(text)) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
};

describe("as Python", () => {
  test.each(table.parse)("parse %j", (text, expected) => {
    expect(outcome(parseJson, text)).toEqual(expected);
    expect(outcome(parseCarefully, text)).toEqual(expected);
  });

  test.each(table.print)("print $text", (row) => {
    const value = parseJson(row.text);
    expect({
      text: row.text,
      str: str(value),
      truthy: truthy(value),
      dumps: printPython(value),
      sorted: printPython(value, { sortKeys: true }),
      unescaped: printPython(value, { ensureAscii: false }),
      compact: printPython(value, { separators: [",", ":"] }),
      stdout: row.stdout === null ? null : printJson(value),
    }).toEqual(row);
  });

  test("equal and compare", () => {
    for (const [left, right, same, order] of table.pairs) {
      const a = parseJson(left);
      const b = parseJson(right);
      expect([left, right, equal(a, b), ordered(a, b)]).toEqual([left, right, same, order]);
    }
  });

  test("floats", () => {
    for (const [text, expected, stdout] of table.floats) {
      expect(floatText(Number(text))).toBe(expected);
      expect(repr(parseJson(text))).toBe(expected);
      expect(Number(printJson(parseJson(text)))).toBe(Number(stdout));
    }
  });

  test("printable code points", () => {
    for (const [code, expected] of table.printable) expect([code, isPrintable(code)]).toEqual([code, expected]);
  });
});

function ordered(a: Json, b: Json): string {
  try {
    const order = compare(a, b);
    return order < 0 ? "<" : order > 0 ? ">" : order === 0 ? "=" : "none";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
