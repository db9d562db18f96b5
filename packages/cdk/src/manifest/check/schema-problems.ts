import { entries, get, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { nearest } from "../../protocol/nearest.ts";
import type { Locator } from "./locator.ts";
import { choices, type Path, type Problem } from "./problem.ts";

const TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"];
const MAPS = ["properties", "patternProperties", "definitions", "$defs"];
const LISTS = ["allOf", "anyOf", "oneOf"];
const SINGLE = ["additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"];

/** What is wrong in itself with the JSON Schema at this path. */
export function schemaProblems(schema: JsonObject, path: Path, locator: Locator): Problem[] {
  const problems: Problem[] = [];
  visit(schema, path);
  return problems;

  function visit(value: Json, path: Path): void {
    if (typeof value === "boolean") return;
    if (!isObject(value)) {
      say(path, `A JSON Schema is a mapping, not ${kindOf(value)}.`);
      return;
    }
    const type = get(value, "type");
    const types = Array.isArray(type) ? (type as readonly Json[]) : type === undefined ? [] : [type];
    types.forEach((each, index) => {
      const place = Array.isArray(type) ? [...path, "type", index] : [...path, "type"];
      if (typeof each === "string" && TYPES.includes(each)) return;
      // YAML reads an unquoted null as a null; the reference prints it so, and destinations do not know it.
      const hint = typeof each === "string" ? nearest(each, TYPES) : each === null ? '"null"' : undefined;
      say(
        place,
        `JSON Schema has no type ${typeof each === "string" ? each : kindOf(each)}: only ${choices(TYPES)}.`,
        hint,
      );
    });
    const required = get(value, "required");
    if (required !== undefined && !isTexts(required))
      say([...path, "required"], "`required` is a list of field names.");
    if (get(value, "enum") !== undefined && !Array.isArray(get(value, "enum")))
      say([...path, "enum"], "`enum` is a list.");
    for (const name of MAPS) visitMap(value, name, path);
    for (const name of LISTS) visitList(value, name, path);
    for (const name of SINGLE) if (get(value, name) !== undefined) visit(get(value, name)!, [...path, name]);
    const items = get(value, "items");
    if (Array.isArray(items)) visitList(value, "items", path);
    else if (items !== undefined) visit(items, [...path, "items"]);
  }

  function visitMap(value: JsonObject, name: string, path: Path): void {
    const members = get(value, name);
    if (members === undefined) return;
    if (!isObject(members))
      say([...path, name], `\`${name}\` is a mapping of names to schemas, not ${kindOf(members)}.`);
    else for (const [key, member] of entries(members)) visit(member, [...path, name, key]);
  }

  function visitList(value: JsonObject, name: string, path: Path): void {
    const members = get(value, name);
    if (members === undefined) return;
    if (!Array.isArray(members)) say([...path, name], `\`${name}\` is a list of schemas, not ${kindOf(members)}.`);
    else (members as readonly Json[]).forEach((member, index) => visit(member, [...path, name, index]));
  }

  function say(path: Path, message: string, hint?: string): void {
    problems.push({
      severity: "warning",
      code: "invalid-json-schema",
      message,
      hint,
      path: path.join("."),
      offset: locator.value(path),
    });
  }
}

const isTexts = (value: Json): boolean =>
  Array.isArray(value) && (value as readonly Json[]).every((each) => typeof each === "string");

function kindOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a mapping" : `the ${typeof value} ${value}`;
}
