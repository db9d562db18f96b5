import { systemError } from "../../../errors.ts";
import type { Batch } from "../../../json/rows/batch.ts";
import { entries, get, isObject, type Json } from "../../../json/value.ts";

/** A path into records. Its parts may be patterns with `*`, `?`, `[…]`, and `**` for any parts between. */
export interface RecordPath {
  /** The parts, apart by dots. */
  readonly name: string;
  /** The top-level fields that it looks at, where they are known. */
  readonly fields: readonly string[];
  /** The value, undefined where there is none. */
  find(batch: Batch, index: number): Json | undefined;
}

export function recordPath(parts: readonly string[]): RecordPath {
  const name = parts.join(".");
  if (parts.some((part) => /[*?[]/.test(part))) {
    const matchers = parts.map(matcherOf);
    return { name, fields: [], find: (batch, index) => onlyMatch(name, search(batch.value(index), matchers)) };
  }
  const [first = "", ...rest] = parts;
  return {
    name,
    fields: [first],
    find: (batch, index) => rest.reduce(memberOf, batch.field(index, first)),
  };
}

function memberOf(value: Json | undefined, part: string): Json | undefined {
  if (value === undefined || value === null || typeof value !== "object") return undefined;
  if (isObject(value)) return get(value, part);
  return Array.isArray(value) && /^\s*[+-]?\d+\s*$/.test(part)
    ? (value as readonly Json[]).at(Number(part))
    : undefined;
}

type Matcher = "any parts" | ((key: string) => boolean);

function matcherOf(part: string): Matcher {
  if (part === "**") return "any parts";
  const source = part.replace(/\[(!?)([^\]]+)\]|[\\^$.|+(){}[\]*?]/g, (found, negated?: string, set?: string) => {
    if (set !== undefined) return `[${negated === "!" ? "^" : ""}${set.replace(/[\\[\]^]/g, "\\$&")}]`;
    return found === "*" ? ".*" : found === "?" ? "." : `\\${found}`;
  });
  const pattern = new RegExp(`^${source}$`, "su");
  return (key) => pattern.test(key);
}

function* search(value: Json, [matcher, ...rest]: readonly Matcher[]): Generator<Json> {
  if (matcher === undefined) yield value;
  else if (matcher === "any parts") {
    yield* search(value, rest);
    for (const [, member] of members(value)) yield* search(member, [matcher, ...rest]);
  } else for (const [key, member] of members(value)) if (matcher(key)) yield* search(member, rest);
}

function members(value: Json): readonly (readonly [string, Json])[] {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item, index) => [String(index), item] as const);
  return isObject(value) ? entries(value) : [];
}

function onlyMatch(path: string, matches: Iterable<Json>): Json | undefined {
  const [first, second] = matches;
  if (second === undefined) return first;
  throw systemError(`The path ${path} matches several values of a parent's record. It must match one.`);
}
