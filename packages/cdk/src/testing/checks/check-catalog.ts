import { get, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { AirbyteCatalog, AirbyteStream } from "../../protocol/messages.gen.ts";
import type { Problem } from "./problem.ts";

/** What is wrong with the catalog that a source discovers. */
export async function checkCatalog({ streams }: AirbyteCatalog): Promise<readonly Problem[]> {
  const { createSchemaCheck } = await import("../../json-schema/schema-problems.ts");
  const problems: Problem[] = [];
  if (streams.length === 0) problems.push({ rule: "catalog", message: "There is no stream in the catalog." });
  const seen = new Set<string>();
  for (const stream of streams) {
    const key = `${stream.namespace ?? ""}\n${stream.name}`;
    if (seen.has(key)) problems.push(of(stream, "comes twice in the catalog."));
    seen.add(key);
    problems.push(...checkStream(stream, createSchemaCheck));
  }
  return problems;
}

const of = ({ name }: AirbyteStream, message: string): Problem => ({ rule: "catalog", stream: name, message });

function* checkStream(stream: AirbyteStream, compile: (schema: JsonObject) => unknown): Generator<Problem> {
  const { json_schema: schema, supported_sync_modes: modes, default_cursor_field: cursor } = stream;
  if (modes.length === 0) yield of(stream, "supported_sync_modes is empty: name full_refresh at least.");
  try {
    compile(schema);
  } catch (error) {
    yield of(stream, `json_schema is no JSON Schema: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  if (modes.includes("incremental") && stream.source_defined_cursor === true && (cursor ?? []).length === 0) {
    yield of(stream, "has a cursor of its own (source_defined_cursor), but default_cursor_field does not name it.");
  }
  if (cursor !== undefined && cursor.length > 0 && !isDeclared(schema, cursor)) {
    yield of(stream, `default_cursor_field ${cursor.join(".")} is not in its json_schema.`);
  }
  for (const key of stream.source_defined_primary_key ?? []) {
    if (!isDeclared(schema, key)) yield of(stream, `the primary key ${key.join(".")} is not in its json_schema.`);
  }
}

/** Whether a schema knows a path, or lets any path be. */
function isDeclared(schema: JsonObject, path: readonly string[]): boolean {
  let place: Json | undefined = schema;
  for (const name of path) {
    const properties: Json | undefined = isObject(place) ? get(place, "properties") : undefined;
    if (!isObject(properties)) return true; // a schema that names nothing, or says it elsewhere: by reference, by a choice
    place = get(properties, name);
    if (place === undefined) return false;
  }
  return true;
}
