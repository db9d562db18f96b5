import { expect, test } from "vitest";
import { get, type Json, type JsonObject } from "../json/value.ts";
import { createPlaces, placeOf, startOf } from "./places.ts";
import { readYaml } from "./read.ts";

const text = `a: 1
b:
  - x
  - [y, z: 2]
  -
"c": {d: e, ? f : g}
h: &h
  i: |
    text
j:
  <<: *h
  k: 3
a: 4
`;

/** What stands at a path, and the first characters at the places of its key and its value. */
const members: readonly (readonly [path: readonly (string | number)[], key: string, value: string])[] = [
  [["a"], "a: 4", "4"],
  [["b"], "b:", "b:"],
  [["b", 0], "- x", "x"],
  [["b", 1], "- [y", "[y"],
  [["b", 1, 0], "y, z", "y, z"],
  [["b", 1, 1], "z: 2", "z: 2"],
  [["b", 1, 1, "z"], "z: 2", "2]"],
  [["b", 2], "-\n", "-\n"],
  [["c"], '"c"', "{d"],
  [["c", "d"], "d: e", "e,"],
  [["c", "f"], "f : g", "g}"],
  [["h", "i"], "i: |", "|"],
  [["j", "i"], "i: |", "|"],
  [["j", "k"], "k: 3", "3"],
];

const places = createPlaces();
const root = readYaml(text, places);
const at = (path: readonly (string | number)[]): Json =>
  path.reduce<Json>((value, key) => (value as unknown as Record<string | number, Json>)[key]!, root); // each path exists

test.each(members)("%j stands at its key and its value", (path, key, value) => {
  const place = placeOf(places, at(path.slice(0, -1)) as object, path.at(-1)!);
  expect(text.slice(place?.key, place!.key + key.length)).toBe(key);
  expect(text.slice(place?.value, place!.value + value.length)).toBe(value);
});

test.each([
  [["b"], "- x"],
  [["b", 1], "y, z"],
  [["c"], "d: e"],
  [["j"], "i: |"],
] as const)("%j starts at its first member", (path, first) => {
  const start = startOf(places, at(path) as object)!;
  expect(text.slice(start, start + first.length)).toBe(first);
});

test("a key that is stated twice is told where it stands again", () => {
  expect(places.duplicates).toEqual([{ key: "a", offset: text.lastIndexOf("a: 4") }]);
});

test("what stands nowhere has no place", () => {
  expect(placeOf(places, root as object, "none")).toBeUndefined();
  expect(startOf(places, {})).toBeUndefined();
});

test("places of more members than the table first had room for", () => {
  const long = createPlaces();
  const list = Array.from({ length: 5000 }, (_, index) => `  k${index}: ${index}`).join("\n");
  const held = get(readYaml(`all:\n${list}\n`, long) as JsonObject, "all") as JsonObject;
  expect(placeOf(long, held, "k0")).toEqual({ key: 7, value: 11 });
  expect(placeOf(long, held, "k4999")?.key).toBe(`all:\n${list}`.lastIndexOf("k4999"));
});
