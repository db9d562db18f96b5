import { compileTemplate, type LiteralType } from "../../interpolation/template.ts";
import { repr, str } from "../../json/python-text.ts";
import { entries, get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { Locator } from "./locator.ts";
import type { Path, Problem } from "./problem.ts";
import type { Survey } from "./survey.ts";

/** The parts of a request whose texts are evaluated, and what becomes of them: JSON keeps types, all else sends text. */
const REQUEST_PARTS: Readonly<Record<string, Readonly<Record<string, "json" | readonly LiteralType[] | undefined>>>> = {
  HttpRequester: {
    request_parameters: ["str", "list"],
    request_headers: undefined,
    request_body_data: ["str", "list"],
    request_body_json: "json",
  },
  RequestBodyJsonObject: { value: "json" },
  RequestBodyUrlEncodedForm: { value: ["str", "list"] },
};

/**
 * Texts that become something else without a word: the result of a template is read as a literal of Python, and so are
 * texts without any template in them.
 */
export function typeProblems({ mappings }: Survey, locator: Locator): Problem[] {
  return mappings.flatMap(({ value, path }) => {
    const type = value["type"];
    if (type === "AddedFieldDefinition") return addedConstant(value, path, locator);
    if (type === "DeclarativeStream") return addedIdentifiers(value, path, locator);
    return typeof type === "string" && Object.hasOwn(REQUEST_PARTS, type)
      ? requestTexts(value, type, path, locator)
      : [];
  });
}

function addedConstant(field: JsonObject, path: Path, locator: Locator): Problem[] {
  const text = get(field, "value");
  if (get(field, "value_type") !== undefined || typeof text !== "string" || isTemplate(text)) return [];
  const result = compileTemplate(text)({});
  if (typeof result === "string") return [];
  return [changed(text, result, "State `value_type` to say what it is.", [...path, "value"], locator)];
}

function requestTexts(component: JsonObject, type: string, path: Path, locator: Locator): Problem[] {
  const problems: Problem[] = [];
  for (const [field, kept] of Object.entries(REQUEST_PARTS[type]!)) {
    const part = get(component, field);
    if (part !== undefined && isObject(part)) visit(part, kept, [...path, field]);
  }
  return problems;

  function visit(value: Json, kept: "json" | readonly LiteralType[] | undefined, at: Path): void {
    if (isList(value)) value.forEach((item, index) => visit(item, kept, [...at, index]));
    else if (isObject(value)) for (const [key, member] of entries(value)) visit(member, kept, [...at, key]);
    else if (typeof value === "string" && !isTemplate(value)) look(value, kept, at);
  }

  // A list or a mapping within a text is written so on purpose, and a number is sent as the text that it was.
  function look(text: string, kept: "json" | readonly LiteralType[] | undefined, at: Path): void {
    const template = compileTemplate(text, kept === "json" ? {} : { validTypes: kept });
    if (template.error !== undefined) return;
    const result = template({});
    if (isList(result) || isObject(result) || text.trim() === "" || isQuoted(text)) return;
    const same = kept === "json" ? result === text : str(result) === text;
    if (!same) problems.push(changed(text, result, `Write ${JSON.stringify(repr(text))} to keep it.`, at, locator));
  }
}

const IDENTIFIER = /(?:^|[_.\W])(?:id|ids|key|code|number|sku|zip|phone|version)$|I[dD]$/;
const LOOKUP = /^\{\{\s*([\w.]+|[\w.]*(?:\[\s*(?:'[^']*'|"[^"]*")\s*\])+)\s*\}\}$/;

/** Identifiers that the schema holds to be texts: those made of digits become numbers. */
function addedIdentifiers(stream: JsonObject, path: Path, locator: Locator): Problem[] {
  const loader = get(stream, "schema_loader");
  const schema = loader !== undefined && isObject(loader) ? get(loader, "schema") : undefined;
  const properties = schema !== undefined && isObject(schema) ? get(schema, "properties") : undefined;
  const transformations = get(stream, "transformations");
  if (properties === undefined || !isObject(properties) || !isList(transformations ?? null)) return [];
  return (transformations as readonly Json[]).flatMap((transformation, index) => {
    const fields = isObject(transformation) ? get(transformation, "fields") : undefined;
    return isList(fields ?? null)
      ? (fields as readonly Json[]).flatMap((field, at) => look(field, [index, "fields", at]))
      : [];
  });

  function look(field: Json, at: Path): Problem[] {
    if (!isObject(field) || get(field, "type") !== "AddedFieldDefinition" || get(field, "value_type") !== undefined)
      return [];
    const text = get(field, "value");
    const target = get(field, "path");
    const [name, ...deeper] = isList(target ?? null) ? (target as readonly Json[]) : [];
    if (typeof text !== "string" || typeof name !== "string" || deeper.length > 0) return [];
    const found = LOOKUP.exec(text)?.[1]?.replace(/['"\]]+\s*\]?$/, "");
    if (found === undefined || !IDENTIFIER.test(found) || !isTextOnly(get(properties as JsonObject, name))) return [];
    return [
      {
        severity: "warning",
        code: "changed-type",
        message: `The schema says that \`${name}\` is a text, but one made of digits becomes a number here. Add \`value_type: string\`.`,
        path: [...path, "transformations", ...at, "value"].join("."),
        offset: locator.value([...path, "transformations", ...at, "value"]),
      },
    ];
  }
}

function isTextOnly(schema: Json | undefined): boolean {
  const type = schema !== undefined && isObject(schema) ? get(schema, "type") : undefined;
  const types = type === undefined ? [] : isList(type) ? type : [type];
  return types.includes("string") && types.every((each) => each === "string" || each === "null" || each === null);
}

/** A text in quotes of its own is written so that it loses them. */
const isQuoted = (text: string): boolean => /^(?:'[^']*'|"[^"]*")$/.test(text.trim());

const isTemplate = (text: string): boolean => /\{[{%]/.test(text);

function changed(text: string, result: Json, remedy: string, path: Path, locator: Locator): Problem {
  return {
    severity: "warning",
    code: "changed-type",
    message: `The text "${text}" becomes ${kindOf(result)}, as Python's literals do. ${remedy}`,
    path: path.join("."),
    offset: locator.value(path),
  };
}

function kindOf(value: Json): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return `the text "${value}"`;
  if (typeof value === "number" || typeof value === "bigint") return `the number ${value}`;
  return isList(value) ? "a list" : isObject(value) ? "a mapping" : `the number ${str(value)}`;
}
