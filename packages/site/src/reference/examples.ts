import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { entries, fromEntries, isList, isObject, type Json, type JsonObject } from "../../../cdk/src/json/value.ts";
import { loadManifest } from "../../../cdk/src/manifest/load.ts";
import { resolveManifest } from "../../../cdk/src/manifest/resolve.ts";

/** The longest example, as JSON; a shorter one is taken for as many fields. */
const LONGEST = 700;

/**
 * An example of each type, out of whole connectors that run as the reference does (`test/cases`): as many fields as a few
 * lines show. What stands there without its type is taken from the resolved manifest, which states it.
 */
export async function findExamples(folder: string): Promise<ReadonlyMap<string, JsonObject>> {
  const written = new Map<string, JsonObject>();
  const resolved = new Map<string, JsonObject>();
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  for (const { name } of names.sort((a, b) => a.name.localeCompare(b.name))) {
    const manifest = loadManifest(await readFile(join(folder, name, "manifest.yaml"), "utf8"));
    collect(manifest, written);
    collect(resolveManifest(manifest), resolved);
  }
  return new Map([["PredicateValidator", predicateValidator], ...resolved, ...written]);
}

/** With this one no whole connector runs: the reference fails on it. */
const predicateValidator: JsonObject = {
  type: "PredicateValidator",
  value: "{{ config['start_date'] }}",
  validation_strategy: { type: "ValidateAdheresToSchema", base_schema: { type: "string" } },
};

function collect(value: Json, into: Map<string, JsonObject>): void {
  if (isList(value)) return value.forEach((item) => collect(item, into));
  if (!isObject(value)) return;
  const type = value["type"];
  const text = JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? String(each) : each));
  if (typeof type === "string" && !/"\$ref"|"#\//.test(text)) {
    const before = into.get(type);
    if (before === undefined || worth(value) > worth(before)) into.set(type, value);
  }
  for (const [, member] of entries(value)) collect(member, into);
}

/** More fields are better, as long as the whole is short; of those that are too long the shortest is best. */
function worth(example: JsonObject): number {
  const length = JSON.stringify(withoutParameters(example)).length;
  return length > LONGEST ? -length : Object.keys(example).length * LONGEST - length;
}

/** Parameters only matter to what stands around the example. */
const withoutParameters = (example: JsonObject): JsonObject =>
  fromEntries(entries(example).filter(([name]) => name !== "$parameters"));

/** The example as people would write it: the type comes first, which the manifests that it is from have sorted in. */
export const asShown = (example: JsonObject): JsonObject => typeFirst(withoutParameters(example)) as JsonObject;

function typeFirst(value: Json): Json {
  if (isList(value)) return value.map(typeFirst);
  if (!isObject(value)) return value;
  const members = entries(value).map(([name, member]) => [name, typeFirst(member)] as const);
  const isType = ([name]: readonly [string, Json]): boolean => name === "type";
  return fromEntries([...members.filter(isType), ...members.filter((member) => !isType(member))]);
}
