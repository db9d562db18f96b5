import { expect, test } from "vitest";
import type { JsonObject } from "../json/value.ts";
import { resolveReferences } from "./references.ts";

/** Definitions that each hold the one before several times over. */
function nested(levels: number, times: number): JsonObject {
  const definitions: JsonObject = { d0: { type: "NoAuth" } };
  for (let level = 1; level <= levels; level++) {
    definitions[`d${level}`] = Array.from({ length: times }, () => `#/definitions/d${level - 1}`);
  }
  return { definitions, streams: [`#/definitions/d${levels}`] };
}

test("references may stand for some hundred thousand values", () => {
  const { streams } = resolveReferences(nested(5, 10));
  expect(JSON.stringify(streams).split("NoAuth")).toHaveLength(100_001);
});

test("references that stand for more than fits into memory are refused at once", () => {
  expect(() => resolveReferences(nested(40, 10))).toThrow("The references stand for more than 5000000 values");
});
