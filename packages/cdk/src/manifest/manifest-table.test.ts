import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseJson } from "../json/parse.ts";
import { printPython } from "../json/print.ts";
import { get, isList, isObject, remove, type Json, type JsonObject } from "../json/value.ts";
import { migrateManifest } from "./migrate.ts";
import { normalizeManifest } from "./normalize.ts";
import { propagateParameters } from "./parameters.ts";
import { resolveManifest } from "./resolve.ts";
import { createPlaces } from "../yaml/places.ts";
import { readYaml } from "../yaml/read.ts";
import { YamlFault } from "../yaml/reading.ts";

/** What the reference makes of a text; see make-manifest.py. */
type TextRow = { text: string; value?: Json; fault?: true } & JsonObject;

// The table's shape is known from the script that writes it.
const table = parseJson(readFileSync("test/tables/manifest.json", "utf8")) as {
  scalars: TextRow[];
  texts: TextRow[];
  blocks: TextRow[];
  resolved: ({ manifest: JsonObject; resolved?: JsonObject; fault?: true } & JsonObject)[];
  propagated: ({
    component: JsonObject;
    parameters: JsonObject;
    parentsWin: boolean;
    expected: JsonObject;
  } & JsonObject)[];
  migrated: ({ manifest: JsonObject; migrated: JsonObject } & JsonObject)[];
  normalized: ({ manifest: JsonObject; normalized: JsonObject } & JsonObject)[];
} & JsonObject;

describe.each(["scalars", "texts", "blocks"] as const)("YAML: %s", (name) => {
  test.each(table[name].map((row) => [row.text, row] as const))("%j", (text, row) => {
    if (row.fault) {
      expect(() => readYaml(text)).toThrow(YamlFault);
    } else {
      expect(printPython(readYaml(text))).toBe(printPython(row.value ?? null));
      expect(printPython(readYaml(text, createPlaces()))).toBe(printPython(row.value ?? null));
    }
  });
});

test.each(table.resolved.map((row) => [printPython(row.manifest), row] as const))("resolved: %s", (_, row) => {
  if (row.fault) expect(() => resolveManifest(row.manifest)).toThrow(/leads/);
  else expect(printPython(resolveManifest(row.manifest))).toBe(printPython(row.resolved!));
});

test.each(table.propagated)("propagated: $component, parents win: $parentsWin", (row) => {
  const { component, parameters, parentsWin, expected } = row;
  expect(printPython(propagateParameters(component, { parameters, parentsWin }))).toBe(printPython(expected));
});

test.each(table.migrated)("migrated: $manifest.streams.0.retriever.requester", ({ manifest, migrated }) => {
  const before = printPython(manifest);
  expect(printPython(withoutTimes(migrateManifest(manifest)))).toBe(printPython(migrated));
  expect(printPython(manifest)).toBe(before);
});

test("a migration is noted with its time", () => {
  const [row] = table.migrated;
  const at = (time: string): Json | undefined => {
    const metadata = get(migrateManifest(row!.manifest, { now: () => new Date(time) }), "metadata");
    const applied = metadata !== undefined && isObject(metadata) ? get(metadata, "applied_migrations") : undefined;
    const [first] = applied !== undefined && isList(applied) ? applied : [];
    return first !== undefined && isObject(first) ? get(first, "migrated_at") : undefined;
  };
  expect(at("2026-01-15T12:00:00.123Z")).toBe("2026-01-15T12:00:00.123000+00:00");
  expect(at("2026-01-15T12:00:00Z")).toBe("2026-01-15T12:00:00+00:00");
});

test.each(table.normalized)("normalized: $manifest", ({ manifest, normalized }) => {
  const before = printPython(manifest);
  expect(printPython(normalizeManifest(manifest))).toBe(printPython(normalized));
  expect(printPython(manifest)).toBe(before);
});

function withoutTimes(manifest: JsonObject): JsonObject {
  const metadata = get(manifest, "metadata");
  const applied = metadata !== undefined && isObject(metadata) ? get(metadata, "applied_migrations") : undefined;
  if (applied !== undefined && isList(applied)) {
    for (const each of applied) if (isObject(each)) remove(each, "migrated_at");
  }
  return manifest;
}
