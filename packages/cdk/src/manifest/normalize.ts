import { deepCopyObject } from "../json/deep-copy.ts";
import { printJson } from "../json/print.ts";
import { fromEntries, get, isList, isObject, keys, remove, set, type Json, type JsonObject } from "../json/value.ts";

/** The fields whose repeated values become shared definitions. */
const LINKABLE: ReadonlySet<string> = new Set([
  "authenticator",
  "error_handler",
  "file_uploader",
  "paginator",
  "request_body",
  "request_headers",
  "request_parameters",
  "transformations",
  "url_base",
]);

/** A member that could be shared with others of the same value. */
interface Occurrence {
  readonly key: string;
  readonly holder: JsonObject;
  readonly value: Json;
}

/**
 * A resolved manifest in the form that the platform's builder shows: what stands in it twice becomes a `$ref` into
 * `definitions.linked`, a parent stream a `$ref` to the stream, and what nothing refers to is left out. A manifest that
 * cannot be brought into that form comes back as it is.
 */
export function normalizeManifest(manifest: JsonObject): JsonObject {
  const normal = deepCopyObject(manifest);
  const linked = prepareDefinitions(normal);
  if (linked === undefined || !linkRepeated(normal, linked)) return manifest;
  linkParentStreams(normal);
  dropUnreferred(normal);
  return normal;
}

/** Leaves only `linked` of the definitions; gives it, undefined where it is no mapping. */
function prepareDefinitions(manifest: JsonObject): JsonObject | undefined {
  const definitions = get(manifest, "definitions") ?? {};
  const linked = isObject(definitions) ? (get(definitions, "linked") ?? {}) : undefined;
  if (!isObject(linked)) return undefined;
  set(manifest, "definitions", fromEntries([["linked", linked]]));
  return linked;
}

/** False where a repeated value stands in something without a `type` to file it under. */
function linkRepeated(manifest: JsonObject, linked: JsonObject): boolean {
  const groups = new Map<string, Occurrence[]>();
  collect(manifest, groups);
  const repeated = [...groups.values()].filter((group) => group.length > 1).sort((a, b) => b.length - a.length);
  for (const group of repeated) {
    const { key, holder, value } = group[0]!;
    const type = get(holder, "type");
    if (typeof type !== "string") return false;
    let section = get(linked, type);
    if (section === undefined) set(linked, type, (section = {}));
    if (!isObject(section)) return false;
    const known = get(section, key);
    if (known === undefined) set(section, key, value);
    for (const each of group) {
      if (known !== undefined && canonical(each.value) !== canonical(known)) continue;
      set(each.holder, key, { $ref: `#/definitions/linked/${type}/${key}` });
    }
  }
  return true;
}

function collect(value: Json, groups: Map<string, Occurrence[]>): void {
  if (!isObject(value)) return;
  for (const key of keys(value)) {
    const member = value[key] ?? null;
    if (key === "definitions" || member === null) continue;
    if (isList(member)) {
      for (const item of member) collect(item, groups);
      continue;
    }
    collect(member, groups);
    if (!LINKABLE.has(key)) continue;
    const name = canonical(isObject(member) ? member : { [key]: member });
    groups.set(name, [...(groups.get(name) ?? []), { key, holder: value, value: member }]);
  }
}

function linkParentStreams(manifest: JsonObject): void {
  const streams = list(get(manifest, "streams"));
  const places = new Map(streams.map((stream, index) => [canonical(stream), index]));
  for (const stream of streams) {
    const retriever = isObject(stream) ? get(stream, "retriever") : undefined;
    const router = isObject(retriever) ? get(retriever, "partition_router") : undefined;
    for (const each of isList(router) ? router : [router]) {
      if (!isObject(each) || get(each, "type") !== "SubstreamPartitionRouter") continue;
      for (const config of list(get(each, "parent_stream_configs"))) {
        const parent = isObject(config) ? get(config, "stream") : undefined;
        const place = isObject(parent) ? places.get(canonical(parent)) : undefined;
        if (isObject(config) && place !== undefined) set(config, "stream", { $ref: `#/streams/${place}` });
      }
    }
  }
}

function dropUnreferred(manifest: JsonObject): void {
  const references: string[] = [];
  collectReferences(manifest, references);
  for (const section of ["definitions", "schemas"]) {
    const members = get(manifest, section);
    if (!isObject(members)) continue;
    for (const key of [...keys(members)]) {
      if (!references.some((reference) => reference.startsWith(`#/${section}/${key}`))) remove(members, key);
    }
    if (keys(members).length === 0) remove(manifest, section);
  }
}

function collectReferences(value: Json, references: string[]): void {
  if (!isObject(value)) return;
  for (const key of keys(value)) {
    const member = value[key]!;
    if (key === "$ref" && typeof member === "string") references.push(member);
    else if (isList(member)) for (const item of member) collectReferences(item, references);
    else collectReferences(member, references);
  }
}

/** One text for all values that are equal, whatever the order of their keys. */
function canonical(value: Json): string {
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return printJson(value);
  const members = [...keys(value)].sort().map((key) => `${printJson(key)}:${canonical(value[key]!)}`);
  return `{${members.join(",")}}`;
}

const list = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
