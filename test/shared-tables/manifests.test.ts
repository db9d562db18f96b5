import { describe, expect, test } from "vitest";
import { printPython } from "../../packages/cdk/src/json/print.ts";
import { get, isObject, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import { propagateParameters } from "../../packages/cdk/src/manifest/parameters.ts";
import { resolveReferences } from "../../packages/cdk/src/manifest/references.ts";
import { readRows, type Row } from "./read-rows.ts";

const rows = readRows("manifests");

/** Rows that are not compared, and why. */
const left: readonly [reason: string, applies: (row: Row) => boolean][] = [
  ["the row does not say which manifest was migrated", ({ fn }) => fn === "ManifestMigrationHandler.apply_migrations"],
];
const compared = rows.filter((row) => !left.some(([, applies]) => applies(row)));

// Sorted, for a date, which is a scalar to the reference, is a mapping in the table, and mappings move to the end.
const sorted = (value: Json): string => printPython(value, { sortKeys: true });

describe.skipIf(rows.length === 0)("manifests, as the reference's own tests call them", () => {
  test.each(compared.map((row, index) => [index, row.fn, row] as const))("%i %s", (_, fn, { args, expected }) => {
    if (isObject(expected) && get(expected, "$raises") !== undefined) {
      expect(() => call(fn, args)).toThrow(/leads/);
    } else expect(sorted(call(fn, args))).toBe(sorted(expected));
  });
});

function call(fn: string, args: JsonObject): Json {
  if (fn === "ManifestReferenceResolver.preprocess_manifest") return resolveReferences(objectOf(args, "manifest"));
  const place = get(args, "parent_field_identifier");
  return propagateParameters(objectOf(args, "declarative_component"), {
    place: typeof place === "string" ? place : "",
    parameters: objectOf(args, "parent_parameters"),
    parentsWin: get(args, "use_parent_parameters") === true,
  });
}

function objectOf(args: JsonObject, name: string): JsonObject {
  const value = get(args, name);
  if (!isObject(value)) throw new Error(`no ${name}`);
  return value;
}
