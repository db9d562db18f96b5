import { expect, test } from "vitest";
import { parseJson } from "./parse.ts";
import { printJson } from "./print.ts";
import { copy, float, Float, fromEntries, integer, isObject, keys, remove, set, type JsonObject } from "./value.ts";

function object(text: string): JsonObject {
  const value = parseJson(text);
  if (!isObject(value)) throw new Error(text);
  return value;
}

test.each<[text: string, change: (object: JsonObject) => void, expected: string]>([
  ['{"b":1}', (it) => set(it, "10", 2), '{"b":1,"10":2}'],
  ['{"10":1,"b":2}', (it) => set(it, "9", 3), '{"10":1,"b":2,"9":3}'],
  ['{"10":1,"9":2}', (it) => set(it, "10", 3), '{"10":3,"9":2}'],
  ['{"10":1,"9":2,"b":3}', (it) => remove(it, "10"), '{"9":2,"b":3}'],
  ['{"10":1,"9":2}', (it) => [remove(it, "10"), set(it, "10", 3)], '{"9":2,"10":3}'],
  ['{"a":1}', (it) => set(it, "__proto__", 2), '{"a":1,"__proto__":2}'],
  ['{"a":1}', (it) => remove(it, "x"), '{"a":1}'],
  ['{"10":1,"9":2}', (it) => set(copy(it), "8", 1), '{"10":1,"9":2}'],
  ['{"10":1,"9":2}', (it) => set(it, "toJSON", 1), '{"10":1,"9":2,"toJSON":1}'],
])("%s changed", (text, change, expected) => {
  const it = object(text);
  change(it);
  expect(keys(it)).toEqual(keys(object(expected)));
  if (!keys(it).includes("toJSON")) expect(printJson(it)).toBe(expected);
});

test("copies and entries keep the order", () => {
  expect(keys(copy(object('{"10":1,"b":2,"9":3}')))).toEqual(["10", "b", "9"]);
  const made = fromEntries([
    ["b", 1],
    ["2", 2],
    ["1", 3],
  ]);
  expect(keys(made)).toEqual(["b", "2", "1"]);
  expect(made).toEqual({ b: 1, 1: 3, 2: 2 });
});

test("floats and integers", () => {
  expect([float(1.5), float(1), float(NaN)]).toEqual([1.5, new Float(1), new Float(NaN)]);
  expect([integer(5n), integer(9007199254740991n), integer(9007199254740992n)]).toEqual([
    5,
    9007199254740991,
    9007199254740992n,
  ]);
});

test("JSON.stringify refuses what it would print wrongly", () => {
  expect(() => JSON.stringify([new Float(1)])).toThrow("use printJson");
  expect(() => JSON.stringify(object('{"10":1,"9":2}'))).toThrow("use printJson");
});
