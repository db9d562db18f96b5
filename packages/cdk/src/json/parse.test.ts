import { describe, expect, test } from "vitest";
import { parseCarefully } from "./careful-parse.ts";
import { JsonError } from "./json-error.ts";
import { parseJson } from "./parse.ts";
import { printJson } from "./print.ts";
import { repr } from "./python-text.ts";
import { isLossy } from "./scan/lossy.ts";
import { isList, isObject, keys } from "./value.ts";

test.each([
  ["1", false],
  ["-1.5", false],
  ["123456789012345", false],
  ["1234567890123456", true],
  ["-0", true],
  ["0.5", false],
  ["1.0", true],
  ["100.000", true],
  ["1.05", false],
  ["1e5", true],
  ["0.12345678901234567", false],
  ["0.99999999999999999", true],
  ["3.00000000000000001", true],
  ["3.00000010000000001", false],
  ["12345678901234.25", false],
  ["123456789012345.25", true],
  ['{"a":"1.0 1e5 NaN 12345678901234567890"}', false],
  ['{"10":1}', true],
  ['{"10" \n: 1}', true],
  ['{"a":"10","b":["7"]}', false],
  ['{"1a":1,"-1":2,"1.5":3}', false],
  ['{"\\u0031":1}', true],
  ['["\\u0031","\\\\"]', false],
  ["[NaN]", true],
  ["[Infinity]", true],
  ["[-Infinity]", true],
  ['["a\nb"]', true],
  ['["日本語","é","😀",1]', false],
])("isLossy %j", (text, expected) => {
  expect(isLossy(text)).toBe(expected);
});

describe("long texts are looked at in pieces", () => {
  const padding = '"é日x\\"",'.repeat(20_000);
  test.each([
    ["1", false],
    ["1.0", true],
    ['{"7":1}', true],
    ['"1.0"', false],
    [`"${"z".repeat(200_000)}"`, false],
    [`"${"\\\\".repeat(200_000)}"`, true], // nowhere to cut
    [`["${"\\\\y".repeat(200_000)}",1.0]`, true],
    [`"${"x".repeat(70_000)}1.0${"x".repeat(70_000)}"`, false],
    ["9".repeat(200_000), true],
    [" ".repeat(200_000) + "1", false],
  ])("%#", (item, expected) => {
    const text = `[${padding}${item},"end"]`;
    expect(isLossy(text)).toBe(expected);
    const value = parseJson(text);
    expect(isList(value) && value.length).toBe(20_002);
  });

  test("numbers and keys are never cut", () => {
    for (let offset = 0; offset < 40; offset++) {
      const before = `"${"x".repeat(65536 - offset - 3)}",`;
      expect(isLossy(`[${before}12345678901234567890]`)).toBe(true);
      expect(isLossy(`[${before}{"12":1}]`)).toBe(true);
      expect(isLossy(`[${before}"12",{"b":1}]`)).toBe(false);
    }
  });
});

describe("depth", () => {
  const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
  test("a thousand levels are read", () => {
    expect(printJson(parseJson(nested(1000)))).toBe(nested(1000));
    expect(repr(parseCarefully(nested(1000)))).toBe(nested(1000));
    const objects = '{"a":'.repeat(1000) + "1.0" + "}".repeat(1000);
    expect(printJson(parseJson(objects))).toBe(objects);
  });
  test.each([nested(1001), nested(100_000), '{"a":'.repeat(200_000), "[".repeat(1001)])("more are refused", (text) => {
    expect(() => parseJson(text)).toThrow(/^Nested deeper than 1,000 levels: line 1 column \d+ \(char \d+\)$/);
  });
});

test("a fault says where it is", () => {
  const fault = ((): unknown => {
    try {
      return parseJson('{\n "😀": "é",\n "b" 1}');
    } catch (error) {
      return error;
    }
  })();
  expect(fault).toBeInstanceOf(JsonError);
  expect(fault).toBeInstanceOf(SyntaxError);
  expect(fault).toMatchObject({ problem: "Expecting ':' delimiter", line: 3, column: 6, position: 18 });
});

test("a text that is read after a fault, or while another is handled", () => {
  expect(() => parseJson("[1.0, {")).toThrow(JsonError);
  expect(printJson(parseJson("[1.0]"))).toBe("[1.0]");
});

test("__proto__ is a key like any other", () => {
  for (const text of ['{"__proto__":{"a":1}}', '{"b":1.0,"__proto__":{"a":1}}']) {
    const value = parseJson(text);
    expect(isObject(value) && keys(value).includes("__proto__")).toBe(true);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(printJson(value)).toBe(text);
  }
});
