import { get, has, isList, isObject, keys, type Json, type JsonObject } from "../../json/value.ts";
import { nearest } from "../../protocol/nearest.ts";
import type { Locator } from "./locator.ts";
import type { Path, Problem } from "./problem.ts";
import { schemaProblems } from "./schema-problems.ts";
import type { Survey } from "./survey.ts";

/** What does not fit together within a stream: its schema, its primary key, its cursor. */
export function streamProblems({ mappings }: Survey, locator: Locator): Problem[] {
  const looked = new Set<Json>();
  return mappings.flatMap(({ value, path }) => {
    const type = value["type"];
    if (type === "DeclarativeStream") return keyProblems(value, path, locator);
    const schema = type === "InlineSchemaLoader" ? value["schema"] : undefined;
    if (schema === undefined || !isObject(schema) || looked.has(schema)) return [];
    looked.add(schema);
    return schemaProblems(schema, [...path, "schema"], locator);
  });
}

function keyProblems(stream: JsonObject, path: Path, locator: Locator): Problem[] {
  const loader = get(stream, "schema_loader");
  const schema = loader !== undefined && isObject(loader) ? get(loader, "schema") : undefined;
  const properties = schema !== undefined && isObject(schema) ? get(schema, "properties") : undefined;
  if (properties === undefined || !isObject(properties) || keys(properties).length === 0) return [];
  const missing = (what: string, name: Json | undefined, place: Path): Problem[] => {
    if (typeof name !== "string" || name === "" || name.includes("{{") || has(properties, name)) return [];
    return [
      {
        severity: "warning",
        code: "field-not-in-schema",
        message: `The ${what} \`${name}\` is no property of the stream's schema.`,
        hint: nearest(name, keys(properties)),
        path: place.join("."),
        offset: locator.value(place),
      },
    ];
  };
  const key = get(stream, "primary_key");
  const parts = isList(key) ? key : undefined;
  const sync = get(stream, "incremental_sync");
  return [
    ...(parts === undefined
      ? missing("primary key", key, [...path, "primary_key"])
      : parts.flatMap((part, index) =>
          missing("primary key", isList(part) ? part[0] : part, [...path, "primary_key", index]),
        )),
    ...(sync !== undefined && isObject(sync)
      ? missing("cursor field", get(sync, "cursor_field"), [...path, "incremental_sync", "cursor_field"])
      : []),
  ];
}
