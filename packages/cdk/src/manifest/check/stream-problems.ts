import { get, has, isObject, keys, type Json, type JsonObject } from "../../json/value.ts";
import { nearest } from "../../protocol/nearest.ts";
import type { Language } from "../language.ts";
import type { Locator } from "./locator.ts";
import type { Path, Problem } from "./problem.ts";
import { schemaProblems } from "./schema-problems.ts";
import { walk } from "./walk.ts";

/** What does not fit together within a stream: its schema, its primary key, its cursor. */
export function streamProblems(language: Language, manifest: JsonObject, locator: Locator): Problem[] {
  const problems: Problem[] = [];
  const looked = new Set<Json>();
  walk(language.schemaOf("DeclarativeSource"), manifest, {
    object(value, _, path) {
      const type = value["type"];
      const schema = value["schema"];
      if (type === "DeclarativeStream") problems.push(...keyProblems(value, path, locator));
      if (type !== "InlineSchemaLoader" || schema === undefined || !isObject(schema) || looked.has(schema)) return;
      looked.add(schema);
      problems.push(...schemaProblems(schema, [...path, "schema"], locator));
    },
  });
  return problems;
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
  const parts = Array.isArray(key) ? (key as readonly Json[]) : undefined;
  const sync = get(stream, "incremental_sync");
  return [
    ...(parts === undefined
      ? missing("primary key", key, [...path, "primary_key"])
      : parts.flatMap((part, index) =>
          missing("primary key", Array.isArray(part) ? (part as readonly Json[])[0] : part, [
            ...path,
            "primary_key",
            index,
          ]),
        )),
    ...(sync !== undefined && isObject(sync)
      ? missing("cursor field", get(sync, "cursor_field"), [...path, "incremental_sync", "cursor_field"])
      : []),
  ];
}
