import { expect, test } from "vitest";
import { compileBoolean } from "../../packages/cdk/src/interpolation/boolean.ts";
import { compileMapping } from "../../packages/cdk/src/interpolation/mapping.ts";
import { compileNestedMapping } from "../../packages/cdk/src/interpolation/nested-mapping.ts";
import { compileString } from "../../packages/cdk/src/interpolation/string.ts";
import { compileTemplate, type Context, type LiteralType } from "../../packages/cdk/src/interpolation/template.ts";
import { repr, str } from "../../packages/cdk/src/interpolation/value/text.ts";
import { dictOf } from "../../packages/cdk/src/interpolation/value/mapping.ts";
import { entries, isObject, remove, copy, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import { decode, listOf, objectOf, rowsOf, type Row } from "./interpolation-rows.ts";

const rows = [...rowsOf("interpolation"), ...rowsOf("interpolation_manifests")];

/** Rows that differ on purpose, and why. */
const rules: Readonly<Record<string, (row: Row) => boolean>> = {
  "stream_interval and stream_partition are no names that a context can give": ({ args }) =>
    "stream_interval" in objectOf(args["additional_parameters"]) ||
    "stream_partition" in objectOf(args["additional_parameters"]),
  "the row leaves out the attribute that its test sets by hand": ({ args }) =>
    str(args["input_str"] ?? null).includes("._partition.parent_stream_fields"),
  "bytes have no place in JSON: the text stays a text": ({ expected }) => isObject(expected) && "$bytes" in expected,
};

function contextOf({ args }: Row, left: readonly string[]): Context {
  const given = copy(args);
  for (const name of [...left, "additional_parameters", "kwargs", "valid_types"]) remove(given, name);
  const context: Record<string, Json> = {};
  for (const source of [given, objectOf(args["additional_parameters"]), objectOf(args["kwargs"])]) {
    for (const [name, value] of entries(source)) context[name] = value;
  }
  return Object.fromEntries(Object.entries(context).map(([name, value]) => [name, decode(value)]));
}

function typesOf(value: Json | undefined): LiteralType[] | undefined {
  const types = listOf(objectOf(value)["$tuple"]).map((type) => str(objectOf(type)["$py"] ?? null));
  return types.length === 0 ? undefined : (types as LiteralType[]); // the tables name no others
}

function parametersOf({ component }: Row): JsonObject {
  return decode(objectOf(component["parameters"])) as JsonObject; // a date in them is read by templates only
}

function optional(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

const calls: Readonly<Record<string, (row: Row) => Json>> = {
  "JinjaInterpolation.eval": (row) => {
    const { input_str: source, default: fallback, valid_types: types } = row.args;
    const options = { default: optional(fallback), validTypes: typesOf(types), now: row.now };
    return compileTemplate(str(source ?? null), options)(contextOf(row, ["input_str", "default"]));
  },
  "InterpolatedString.eval": (row) => {
    const { string, default: fallback } = row.component;
    const validTypes = typesOf(objectOf(row.args["kwargs"])["valid_types"]);
    const options = { parameters: parametersOf(row), default: optional(fallback), now: row.now, validTypes };
    return compileString(str(string ?? null), options)(contextOf(row, []));
  },
  "InterpolatedBoolean.eval": (row) => {
    const { condition = "" } = row.component;
    const source = typeof condition === "boolean" ? condition : str(condition ?? null);
    return compileBoolean(source, { parameters: parametersOf(row), now: row.now })(contextOf(row, []));
  },
  "InterpolatedMapping.eval": (row) => {
    const { valid_key_types: keyTypes, valid_value_types: valueTypes } = objectOf(row.args["additional_parameters"]);
    const types = { keyTypes: typesOf(keyTypes), valueTypes: typesOf(valueTypes) };
    const options = {
      parameters: parametersOf(row),
      now: row.now,
      ...(types.valueTypes && { valueTypes: types.valueTypes }),
    };
    return compileMapping(objectOf(row.component["mapping"]), options)(contextOf(row, []));
  },
  "InterpolatedNestedMapping.eval": (row) =>
    compileNestedMapping(row.component["mapping"] ?? null, { parameters: parametersOf(row), now: row.now })(
      contextOf(row, []),
    ),
};

function expectedText({ expected }: Row): string {
  if (isObject(expected) && "$map" in expected) {
    return repr(dictOf(listOf(expected["$map"]).map((pair) => [str(listOf(pair)[0] ?? null), listOf(pair)[1]!])));
  }
  return repr(decode(expected));
}

test.runIf(rows.length > 0)("templates come to what the reference makes of them", () => {
  const wrong: string[] = [];
  let agreed = 0;
  for (const row of rows) {
    if (Object.values(rules).some((differs) => differs(row))) continue;
    const raises = isObject(row.expected) && "$raises" in row.expected;
    let found: string;
    try {
      found = repr(calls[row.fn]?.(row) ?? null);
    } catch (error) {
      found = `raises ${String(error)}`;
    }
    if (raises ? found.startsWith("raises ConnectorError") : found === expectedText(row)) agreed++;
    else {
      const { args, component } = row;
      wrong.push(
        `${repr(args["input_str"] ?? component)} expected ${raises ? repr(row.expected) : expectedText(row)} found ${found}`,
      );
    }
  }
  expect(wrong.slice(0, 30).join("\n")).toBe("");
  expect(agreed).toBeGreaterThan(3700);
});
