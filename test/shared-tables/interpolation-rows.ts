import { existsSync, readFileSync } from "node:fs";
import { parseIsoDatetime } from "../../packages/cdk/src/datetime/iso-datetime.ts";
import { plainDate, type DateTime } from "../../packages/cdk/src/datetime/datetime.ts";
import { entries, isObject, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import { parseJson } from "../../packages/cdk/src/json/parse.ts";
import { dictOf } from "../../packages/cdk/src/interpolation/value/mapping.ts";
import { isList } from "../../packages/cdk/src/interpolation/value/kind.ts";
import { str } from "../../packages/cdk/src/interpolation/value/text.ts";
import { tuple, type Value } from "../../packages/cdk/src/interpolation/value/value.ts";
import { recordView, sliceView } from "../../packages/cdk/src/interpolation/views.ts";

const tables = new URL("../../../shared/tables/", import.meta.url);

export interface Row {
  readonly fn: string;
  readonly component: JsonObject;
  readonly args: JsonObject;
  readonly expected: Json;
  readonly now: () => DateTime;
}

/** The rows of a shared table, none where the tables are not there. */
export function rowsOf(name: string): readonly Row[] {
  if (!existsSync(tables)) return [];
  const table = objectOf(parseJson(readFileSync(new URL(`${name}.json`, tables), "utf8")));
  return listOf(table["rows"]).map((row) => {
    const { fn = "", component = {}, args = {}, expected = null, now = table["now"] } = objectOf(row);
    const clock = parseIsoDatetime(str(now ?? null));
    return { fn: str(fn), component: objectOf(component), args: objectOf(args), expected, now: () => clock };
  });
}

export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

/** A value of a table, whose tags stand for what JSON lacks. */
export function decode(value: Json): Value {
  if (Array.isArray(value)) return value.map((item: Json) => decode(item));
  if (!isObject(value)) return value;
  const [tag, content] = entries(value)[0] ?? ["", null];
  if (tag === "$tuple") return tuple(listOf(content).map(decode));
  if (tag === "$date") {
    const [year, month, day] = str(content).split("-").map(Number);
    return plainDate(year ?? 0, month ?? 0, day ?? 0);
  }
  if (tag === "$datetime") return parseIsoDatetime(str(content));
  if (tag === "$py") return str(content);
  if (tag === "$response") return {};
  if (tag === "$slice") return decodeSlice(objectOf(content));
  if (tag === "$record") {
    const { data, stream_name: name, slice } = objectOf(content);
    return recordView(objectOf(data), str(name ?? null), slice === null || slice === undefined ? null : decode(slice));
  }
  if (!hasTag(value)) return value;
  return dictOf(entries(value).map(([key, part]) => [key, decode(part)]));
}

function hasTag(value: Json): boolean {
  if (isList(value)) return listOf(value).some(hasTag);
  return isObject(value) && entries(value).some(([key, part]) => key.startsWith("$") || hasTag(part));
}

function decodeSlice({ partition, cursor_slice: interval, extra_fields: extra }: JsonObject): Value {
  return sliceView({ partition: objectOf(partition), interval: objectOf(interval), extra: objectOf(extra) });
}
