import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseJson } from "../../../json/parse.ts";
import { printJson } from "../../../json/print.ts";
import type { Json, JsonObject } from "../../../json/value.ts";
import { compilePath } from "./path.ts";
import { setAt } from "./set.ts";

type Outcome = { value: Json } | { error: string };
type Row = readonly [data: Json, path: readonly Json[], outcome: { get: Outcome; values: Outcome }];
// The types are those of make-transformations.py, which made the table by running dpath.
const table = parseJson(
  readFileSync(new URL("../../../../../../test/tables/transformations.json", import.meta.url), "utf8"),
) as unknown as { paths: readonly Row[] };

function outcome(run: () => Json | undefined): Outcome {
  try {
    const value = run();
    return { value: value === undefined ? "(none)" : value };
  } catch (error) {
    return { error: String(error) };
  }
}

const print = (found: Outcome): string => ("error" in found ? "error" : printJson(found.value));

describe("as dpath", () => {
  test.each(table.paths.map((row) => [printJson(row[1]), printJson(row[0]).slice(0, 40), row] as const))(
    "%s in %s",
    (_, __, [data, path, expected]) => {
      expect(print(outcome(() => compilePath(path).get(data)))).toBe(print(expected.get));
      expect(print(outcome(() => compilePath(path).values(data)))).toBe(print(expected.values));
    },
  );
});

test("what several values match is a config error that shows the path", () => {
  expect(() => compilePath(["a*"]).get({ ab: 1, ac: 2 })).toThrow(
    'The path ["a*"] matches 2 values where one is looked for. Use "*" as a part of its own to take them all.',
  );
});

test.each([
  [{ a: "text" }, ["a", "b"]],
  [{ a: [1] }, ["a", "k"]],
  [{ a: [1] }, ["a", "-1"]],
] as [JsonObject, string[]][])("%j can hold nothing at %j", (record, path) => {
  expect(() => setAt(record, path, 1)).toThrow(/cannot be set at/);
});
