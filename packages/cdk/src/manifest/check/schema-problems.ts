import { get, isList, isObject, keys, type Json, type JsonObject } from "../../json/value.ts";
import { nearest } from "../../protocol/nearest.ts";
import type { Locator } from "./locator.ts";
import { choices, type Path, type Problem } from "./problem.ts";

const TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"];
const MAPS = ["properties", "patternProperties", "definitions", "$defs"];
const LISTS = ["allOf", "anyOf", "oneOf"];
const SINGLE = ["additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"];

/** A place within a schema. Paths are made of it only where there is something to say: schemas are most of a manifest. */
interface Step {
  readonly up: Step | undefined;
  readonly key: string | number;
}

/** What is wrong in itself with the JSON Schema at this path. */
export function schemaProblems(schema: JsonObject, path: Path, locator: Locator): Problem[] {
  const problems: Problem[] = [];
  visit(schema, undefined);
  return problems;

  function visit(value: Json, at: Step | undefined): void {
    if (typeof value === "boolean") return;
    if (!isObject(value)) {
      say(at, `A JSON Schema is a mapping, not ${kindOf(value)}.`);
      return;
    }
    for (const key of keys(value)) {
      const member = value[key]!;
      const here = { up: at, key };
      if (key === "type") visitType(member, here);
      else if (key === "items") {
        if (isList(member)) visitList(member, here);
        else visit(member, here);
      } else if (MAPS.includes(key)) visitMap(member, here);
      else if (LISTS.includes(key)) visitList(member, here);
      else if (SINGLE.includes(key)) visit(member, here);
      else if (key === "required" && !isTexts(member)) say(here, "`required` is a list of field names.");
      else if (key === "enum" && !isList(member)) say(here, "`enum` is a list.");
    }
  }

  function visitType(type: Json, at: Step): void {
    if (!isList(type)) checkType(type, at);
    else type.forEach((each, index) => checkType(each, { up: at, key: index }));
  }

  function checkType(type: Json, at: Step): void {
    if (typeof type === "string" && TYPES.includes(type)) return;
    // YAML reads an unquoted null as null, which is no name of a type.
    const hint = typeof type === "string" ? nearest(type, TYPES) : type === null ? '"null"' : undefined;
    const named = typeof type === "string" ? type : kindOf(type);
    say(at, `JSON Schema has no type ${named}: only ${choices(TYPES)}.`, hint);
  }

  function visitMap(members: Json, at: Step): void {
    if (!isObject(members)) say(at, `\`${at.key}\` is a mapping of names to schemas, not ${kindOf(members)}.`);
    else for (const key of keys(members)) visit(get(members, key)!, { up: at, key });
  }

  function visitList(members: Json, at: Step): void {
    if (!isList(members)) say(at, `\`${at.key}\` is a list of schemas, not ${kindOf(members)}.`);
    else members.forEach((member, index) => visit(member, { up: at, key: index }));
  }

  function say(at: Step | undefined, message: string, hint?: string): void {
    const steps: (string | number)[] = [];
    for (let step = at; step !== undefined; step = step.up) steps.unshift(step.key);
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
