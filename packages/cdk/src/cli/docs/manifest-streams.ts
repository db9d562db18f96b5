import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseJson } from "../../json/parse.ts";
import { entries, fromEntries, get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { ParentModel, StreamModel } from "./model.ts";
import { schemaFields } from "./schema-fields.ts";

/** The streams that a resolved manifest declares; none of them is asked for. */
export function manifestStreams(manifest: JsonObject, folder: string): StreamModel[] {
  return listOf(get(manifest, "streams"))
    .flatMap(declaredStreams)
    .map((stream) => streamModel(stream, folder));
}

/** Streams under a condition are streams, too. */
function declaredStreams(stream: Json): JsonObject[] {
  if (!isObject(stream)) return [];
  return get(stream, "type") === "ConditionalStreams"
    ? listOf(get(stream, "streams")).flatMap(declaredStreams)
    : [stream];
}

function streamModel(stream: JsonObject, folder: string): StreamModel {
  const full = objectOf(get(stream, "full_refresh_stream")) ?? stream;
  const incremental = objectOf(get(stream, "incremental_stream")) ?? stream;
  const cursor = objectOf(get(incremental, "incremental_sync"));
  const field = cursor === undefined ? undefined : get(cursor, "cursor_field");
  const retriever = objectOf(get(full, "retriever"));
  const name = String(get(stream, "name") ?? get(full, "name"));
  const key = primaryKey(get(full, "primary_key"));
  return {
    name,
    primaryKey: key,
    cursor: typeof field === "string" ? field : undefined,
    syncModes: cursor === undefined ? ["full_refresh"] : ["full_refresh", "incremental"],
    pagination: paginationOf(retriever),
    parents: parentsOf(retriever && get(retriever, "partition_router")),
    fields: schemaFields(schemaOf(get(full, "schema_loader"), name, folder)),
  };
}

function primaryKey(key: Json | undefined): string[] {
  if (typeof key === "string") return key === "" ? [] : [key];
  return listOf(key)
    .map((part) => (isList(part) ? part.map(String).join(".") : String(part)))
    .filter((part) => part !== "");
}

const PAGINATIONS: Readonly<Record<string, string>> = {
  CursorPagination: "cursor",
  OffsetIncrement: "offset",
  PageIncrement: "page number",
};

function paginationOf(retriever: JsonObject | undefined): string | undefined {
  const paginator = objectOf(retriever && get(retriever, "paginator"));
  const strategy = objectOf(paginator && get(paginator, "pagination_strategy"));
  const type = strategy === undefined ? undefined : get(strategy, "type");
  return typeof type === "string" ? (PAGINATIONS[type] ?? type) : undefined;
}

function parentsOf(router: Json | undefined): ParentModel[] {
  return [...(isList(router) ? router : [router])].flatMap((each) => {
    if (!isObject(each)) return [];
    const own = listOf(get(each, "parent_stream_configs")).flatMap((config) => {
      const parent = isObject(config) ? objectOf(get(config, "stream")) : undefined;
      if (!isObject(config) || parent === undefined) return [];
      const text = (name: string): string => String(get(config, name) ?? "");
      return [{ stream: String(get(parent, "name")), key: text("parent_key"), field: text("partition_field") }];
    });
    return [...own, ...parentsOf(get(each, "underlying_partition_router"))];
  });
}

/** The schema, as far as it is known without asking. */
function schemaOf(loader: Json | undefined, stream: string, folder: string): Json | undefined {
  if (isList(loader)) {
    // The first to say something of a field counts.
    const fields = loader.flatMap((each) => {
      const schema = schemaOf(each, stream, folder);
      const properties = isObject(schema) ? get(schema, "properties") : undefined;
      return isObject(properties) ? entries(properties) : [];
    });
    return { properties: fromEntries(fields.reverse()) };
  }
  if (!isObject(loader)) return undefined;
  const type = get(loader, "type");
  if (type === "InlineSchemaLoader") return get(loader, "schema");
  if (type !== "JsonFileSchemaLoader") return undefined;
  const given = get(loader, "file_path");
  const path = String(given ?? "").replaceAll(/\{\{[^}]*\bname\b[^}]*\}\}/g, stream);
  const file = resolve(folder, path);
  return path !== "" && existsSync(file) ? parseJson(readFileSync(file, "utf8")) : undefined;
}

const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
const objectOf = (value: Json | undefined): JsonObject | undefined => (isObject(value) ? value : undefined);
