import { isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { nearest } from "../../protocol/nearest.ts";
import type { Locator } from "./locator.ts";
import { choices, type Path, type Problem } from "./problem.ts";

const TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"];
/** The keywords whose values are schemas, or hold some. */
const HOLDERS: ReadonlyMap<string, "map" | "list" | "single" | "items"> = new Map([
  ...["properties", "patternProperties", "definitions", "$defs"].map((key) => [key, "map"] as const),
  ...["allOf", "anyOf", "oneOf"].map((key) => [key, "list"] as const),
  ...["additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"].map(
    (key) => [key, "single"] as const,
  ),
  ["items", "items"],
]);

/** What is wrong in itself with the JSON Schema at this path. */
export function schemaProblems(schema: JsonObject, path: Path, locator: Locator): Problem[] {
  const problems: Problem[] = [];
  const steps: (string | number)[] = []; // to where it looks
  visit(schema);
  return problems;

  // Schemas are most of a manifest, so this goes the fast way; problems are put into the text's order later.
  function visit(value: Json): void {
    if (typeof value === "boolean") return;
    if (!isObject(value)) {
      say(`A JSON Schema is a mapping, not ${kindOf(value)}.`);
      return;
    }
    for (const key in value) {
      steps.push(key);
      visitKeyword(key, value[key]!);
      steps.pop();
    }
  }

  function visitKeyword(key: string, member: Json): void {
    if (key === "type") visitType(member);
    else if (key === "required" && !isTexts(member)) say("`required` is a list of field names.");
    else if (key === "enum" && !isList(member)) say("`enum` is a list.");
    else {
      const held = HOLDERS.get(key);
      if (held === "map") visitMap(member, key);
      else if (held === "list" || (held === "items" && isList(member))) visitList(member, key);
      else if (held !== undefined) visit(member);
    }
  }

  function visitType(type: Json): void {
    if (isList(type)) each(type, checkType);
    else checkType(type);
  }

  function checkType(type: Json): void {
    if (typeof type === "string" && TYPES.includes(type)) return;
    // YAML reads an unquoted null as null, which is no name of a type.
    const hint = typeof type === "string" ? nearest(type, TYPES) : type === null ? '"null"' : undefined;
    const named = typeof type === "string" ? type : kindOf(type);
    say(`JSON Schema has no type ${named}: only ${choices(TYPES)}.`, hint);
  }

  function visitMap(members: Json, name: string): void {
    if (!isObject(members)) {
      say(`\`${name}\` is a mapping of names to schemas, not ${kindOf(members)}.`);
      return;
    }
    for (const key in members) {
      steps.push(key);
      visit(members[key]!);
      steps.pop();
    }
  }

  function visitList(members: Json, name: string): void {
    if (isList(members)) each(members, visit);
    else say(`\`${name}\` is a list of schemas, not ${kindOf(members)}.`);
  }

  function each(items: readonly Json[], look: (item: Json) => void): void {
    for (let index = 0; index < items.length; index++) {
      steps.push(index);
      look(items[index]!);
      steps.pop();
    }
  }

  function say(message: string, hint?: string): void {
    const place = [...path, ...steps];
    const offset = locator.value(place);
    problems.push({ severity: "warning", code: "invalid-json-schema", message, hint, path: place.join("."), offset });
  }
}

const isTexts = (value: Json): boolean => isList(value) && value.every((each) => typeof each === "string");

function kindOf(value: Json): string {
  if (value === null) return "null";
  if (isList(value)) return "a list";
  return typeof value === "object" ? "a mapping" : `the ${typeof value} ${value}`;
}
