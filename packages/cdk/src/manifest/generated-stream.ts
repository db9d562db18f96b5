import type { z } from "zod";
import { systemError } from "../errors.ts";
import { str } from "../json/python-text.ts";
import { copy, Float, get, isList, isObject, remove, set, type Json, type JsonObject } from "../json/value.ts";
import { problemLines } from "./assert-valid.ts";
import type { Language } from "./language.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * A stream that was made from a template, as the language has it. What the values came to is fitted to what their fields
 * take, as the reference does: a number becomes the text that it is written as, a text the number that it writes, and a
 * null stands for a field that is left out.
 * @throws a system error that says what does not fit
 */
export async function fitStream(language: Language, stream: JsonObject): Promise<JsonObject> {
  const type = get(stream, "type") === "StateDelegatingStream" ? "StateDelegatingStream" : "DeclarativeStream";
  if (language.accepts(type, stream)) return stream;
  const explaining = await language.explaining();
  const schema = explaining.schemaOf(type);
  const issues = schema.safeParse(stream).error?.issues ?? [];
  if (issues.length === 0) return stream;
  const fitted = issues.reduce((spec, issue) => fit(spec, issue), stream);
  if (schema.safeParse(fitted).success) return fitted;
  const lines = problemLines(explaining, { type: "DeclarativeSource", version: "", check: CHECK, streams: [fitted] });
  throw systemError(`The dynamic stream ${String(stream["name"])} is invalid. ${lines.join(" ")}`, {
    stream: String(stream["name"]),
    code: "stream-invalid",
  });
}

const CHECK: JsonObject = { type: "CheckStream", stream_names: [] };

function fit(spec: JsonObject, issue: Issue, above: Path = []): JsonObject {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union") {
    // The first alternative that can be had, as the reference takes it.
    for (const issues of issue.errors) {
      const fitted = issues.reduce((value, each) => fit(value, each, path), spec);
      if (fitted !== spec) return fitted;
    }
    return spec;
  }
  const value = at(spec, path);
  if (value === undefined) return spec;
  if (value === null) return changed(spec, path, undefined);
  if (issue.code !== "invalid_type") return spec;
  const fitting = as(issue.expected, value);
  return fitting === undefined ? spec : changed(spec, path, fitting);
}

/** The value as one of this type, undefined where it cannot be one. */
function as(type: string, value: Json): Json | undefined {
  switch (type) {
    case "string":
      return isScalar(value) && typeof value !== "string" ? str(value) : undefined;
    case "int":
      if (typeof value === "boolean") return Number(value);
      if (typeof value === "number") return Math.trunc(value);
      return typeof value === "string" && /^\s*[-+]?\d+\s*$/.test(value) ? Number(value) : undefined;
    case "number":
      if (typeof value === "boolean") return Number(value);
      return typeof value === "string" && /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(value)
        ? Number(value)
        : undefined;
    case "boolean":
      return isScalar(value) ? BOOLEANS.get(String(value).toLowerCase()) : undefined;
    default:
      return undefined;
  }
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map(
  [
    ["1", "on", "t", "true", "y", "yes"],
    ["0", "off", "f", "false", "n", "no"],
  ].flatMap((words, index) => words.map((word) => [word, index === 0] as const)),
);

const isScalar = (value: Json): boolean => typeof value !== "object" || value instanceof Float;

function at(value: Json | undefined, path: Path): Json | undefined {
  let place: Json | undefined = value;
  for (const key of path) {
    if (isList(place)) place = place[Number(key)];
    else place = isObject(place) ? get(place, String(key)) : undefined;
  }
  return place;
}

/** A copy in which the member at the path is another, or gone. What does not change is shared. */
function changed(spec: JsonObject, [name, ...rest]: Path, member: Json | undefined): JsonObject {
  if (name === undefined) return spec;
  const key = String(name);
  const object = copy(spec);
  const next = inner(get(spec, key), rest, member);
  if (next === undefined) remove(object, key);
  else set(object, key, next);
  return object;
}

function inner(value: Json | undefined, path: Path, member: Json | undefined): Json | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return member;
  if (isList(value)) return value.map((item, index) => (index === name ? (inner(item, rest, member) ?? null) : item));
  return isObject(value) ? changed(value, path, member) : value;
}
