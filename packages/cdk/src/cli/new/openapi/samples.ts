import { get, isObject, set, type Json, type JsonObject } from "../../../json/value.ts";
import { NEXT, type CursorDraft, type Pagination } from "../draft.ts";
import type { Document } from "./document.ts";
import type { Answer } from "./operations.ts";
import { viewOf } from "./view.ts";

/** Such answers as the description promises, their records told apart by these keys: two records on a first page, one on a last where a token tells them apart. */
export function samplePages(
  answer: Answer,
  recordsPath: readonly string[],
  item: unknown,
  keys: readonly string[],
  paging: Pagination | undefined,
  cursor: CursorDraft | undefined,
  document: Document,
): Json[] {
  const isCounted = paging === undefined || paging.type === "page" || paging.type === "offset";
  const records = [1, 2, 3].map((number) => {
    const record = sample(item, document, number);
    const members = isObject(record) ? record : {};
    for (const key of keys) set(members, key, numbered(get(members, key), number));
    if (cursor !== undefined) set(members, cursor.field, dated(cursor.format, get(members, cursor.field), number));
    return members;
  });
  const pages = isCounted ? [records.slice(0, 2)] : [records.slice(0, 2), records.slice(2)];
  return pages.map((page, index) => {
    if (recordsPath.length === 0) return page;
    const body = sample(answer.schema, document, 1);
    const whole = isObject(body) ? body : {};
    put(whole, recordsPath, page);
    const isLast = index === pages.length - 1;
    if (paging?.type === "cursor") put(whole, paging.path, isLast ? null : "page-2");
    if (paging?.type === "next_url") put(whole, paging.path, isLast ? null : NEXT);
    if (paging?.type === "last_record") put(whole, paging.more, !isLast);
    return whole;
  });
}

/** A value that a schema describes: its example where it has one. */
function sample(schema: unknown, document: Document, number: number, name = "text", depth = 0): Json {
  const view = viewOf(schema, document);
  if (view.types.has("object") || (view.types.size === 0 && view.properties.size > 0)) {
    const members: JsonObject = {};
    for (const [member, property] of view.properties) {
      if (depth >= 3 && !property.required) continue;
      if (depth >= 6 || Object.keys(members).length >= 60) break;
      if (viewOf(property.schema, document).node["writeOnly"] === true) continue;
      set(members, member, sample(property.schema, document, number, member, depth + 1));
    }
    return members;
  }
  if (view.types.has("array")) {
    return depth >= 4 || view.items === undefined ? [] : [sample(view.items, document, number, name, depth + 1)];
  }
  const { example } = view;
  const [first] = view.values ?? [];
  if (isScalar(example) && fits(example, view.types)) return example;
  if (isScalar(first)) return first;
  if (view.types.has("string")) return textOf(view.format, name, number);
  if (view.types.has("integer")) return number;
  if (view.types.has("number")) return number + 0.5;
  if (view.types.has("boolean")) return number % 2 === 1;
  return null;
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));

function fits(value: string | number | boolean, types: ReadonlySet<string>): boolean {
  if (typeof value === "number") return types.has("number") || (types.has("integer") && Number.isInteger(value));
  return types.has(typeof value);
}

function textOf(format: string | undefined, name: string, number: number): string {
  switch (format) {
    case "date-time":
      return `2026-01-0${number}T00:00:00Z`;
    case "date":
      return `2026-01-0${number}`;
    case "uuid":
      return `00000000-0000-4000-8000-00000000000${number}`;
    case "email":
      return `someone-${number}@example.com`;
    case "uri":
    case "url":
      return `https://example.com/${number}`;
    default:
      return `${name} ${number}`;
  }
}

/** The value of a key: one for each record. */
function numbered(value: Json | undefined, number: number): Json {
  if (typeof value === "string") return /-00000000000\d$/.test(value) ? value : `${value.slice(0, 40)}-${number}`;
  return number;
}

function dated(format: string, value: Json | undefined, number: number): Json {
  if (format === "%s") return typeof value === "string" ? String(1767225600 + number) : 1767225600 + number;
  return format === "%Y-%m-%d" ? `2026-01-0${number + 1}` : `2026-01-0${number + 1}T00:00:00Z`;
}

/** Sets a value at a path, making the objects on the way. */
function put(body: JsonObject, path: readonly string[], value: Json): void {
  let holder = body;
  for (const name of path.slice(0, -1)) {
    const inner = get(holder, name);
    const next = isObject(inner) ? inner : {};
    set(holder, name, next);
    holder = next;
  }
  set(holder, path.at(-1)!, value);
}
