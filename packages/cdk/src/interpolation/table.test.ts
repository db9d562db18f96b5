import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseIsoDatetime } from "../datetime/iso-datetime.ts";
import { toZone } from "../datetime/zone.ts";
import { utcZone } from "../datetime/datetime.ts";
import { isConnectorError } from "../errors.ts";
import { entries, Float, isObject, type Json, type JsonObject } from "../json/value.ts";
import { parseJson } from "../json/parse.ts";
import { printJson } from "../json/print.ts";
import { compileTemplate, type Context, type LiteralType } from "./template.ts";
import { isList } from "./value/kind.ts";
import { dictOf } from "./value/mapping.ts";
import { repr, str } from "./value/text.ts";
import { tuple, type Value } from "./value/value.ts";
import { recordView, sliceView } from "./views.ts";

const file = new URL("../../../../test/tables/templates.json", import.meta.url);
const table = objectOf(parseJson(readFileSync(file, "utf8")));
const clock = toZone(parseIsoDatetime(str(table["now"] ?? null)), utcZone);

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

/** A fresh context for each row: templates may change what they are given. */
function contextOf(name: Json | undefined): Context {
  const context: Record<string, Value> = {};
  for (const [variable, value] of entries(objectOf(objectOf(table["contexts"])[str(name ?? null)]))) {
    const { $slice: slice, $record: record } = objectOf(value);
    if (slice !== undefined) {
      const { partition, interval, extra } = objectOf(clone(slice));
      context[variable] = sliceView({
        partition: objectOf(partition),
        interval: objectOf(interval),
        extra: objectOf(extra),
      });
    } else context[variable] = record === undefined ? clone(value) : recordView(objectOf(record), "users", null);
  }
  return context;
}

function clone(value: Json): Json {
  return parseJson(printJson(value));
}

/** What the reference's result is here. What JSON has no form for stays text, or becomes what comes next to it. */
function expected(result: Json): Value {
  if (Array.isArray(result)) return result.map(expected);
  if (!isObject(result)) return result;
  const [tag, content] = entries(result)[0] ?? ["", null];
  if (tag === "$tuple") return tuple(listOf(content).map(expected));
  if (tag === "$float") return new Float(content === "nan" ? NaN : content === "inf" ? Infinity : -Infinity);
  if (tag === "$set") return listOf(content).map(expected).sort();
  if (tag === "$dict") {
    return dictOf(listOf(content).map((pair) => [keyText(expected(listOf(pair)[0]!)), expected(listOf(pair)[1]!)]));
  }
  return dictOf(entries(result).map(([key, value]) => [key, expected(value)]));
}

function keyText(key: Value): string {
  if (typeof key === "string") return key;
  if (key === null) return "null";
  return typeof key === "boolean" ? String(key) : repr(key);
}

/** Rows that differ on purpose, and why. */
const rules: Readonly<Record<string, (template: string, result: Json) => boolean>> = {
  "bytes, complex numbers and the ellipsis have no form in JSON: the text stays text": (_template, result) =>
    isObject(result) && ("$bytes" in result || "$other" in result),
};

function outcome(row: readonly Json[]): string {
  const [context, template, , options] = row;
  const { default: fallback, types } = objectOf(options);
  try {
    const result = compileTemplate(str(template ?? null), {
      default: typeof fallback === "string" ? fallback : undefined,
      validTypes: types === undefined ? undefined : (listOf(types) as LiteralType[]), // the table names no others
      now: () => clock,
    })(contextOf(context));
    return repr(isObject(row[2]) && "$set" in row[2] ? [...listOf(result)].sort() : result);
  } catch (error) {
    return isConnectorError(error) ? "raises" : `crashes: ${String(error)}`;
  }
}

test("templates come to what the reference makes of them", () => {
  const wrong: string[] = [];
  const rows = listOf(table["rows"]).map(listOf);
  for (const row of rows) {
    const [, template, result = null] = row;
    if (Object.values(rules).some((differs) => differs(str(template ?? null), result))) continue;
    const wanted = isObject(result) && "$raises" in result ? "raises" : repr(expected(result));
    const found = outcome(row);
    if (found !== wanted) wrong.push(`${repr(template!)} expected ${wanted} found ${found}`);
  }
  expect(wrong.join("\n")).toBe("");
  expect(rows.length).toBeGreaterThan(5000);
});
