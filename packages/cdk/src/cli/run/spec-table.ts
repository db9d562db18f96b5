import { printJson } from "../../json/print.ts";
import { entries, get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { ConnectorSpecification } from "../../protocol/messages.gen.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** The options of a config as a table, nested ones with their path. */
export function specTable(spec: ConnectorSpecification, terminal: Pick<Terminal, "width" | "style">): string {
  const rows = optionsOf(spec.connectionSpecification);
  const { style } = terminal;
  if (rows.length === 0) return "There is nothing to configure.\n";
  const columns = ["option", "type", "", "default", "what it is"].map((head) => ({ head }));
  const shown = rows.map((row) => [
    row.isRequired ? style.bold(row.path) : row.path,
    row.type,
    [row.isRequired ? "required" : "", row.isSecret ? "secret" : ""].filter(Boolean).join(", "),
    row.fallback,
    row.about,
  ]);
  const link = spec.documentationUrl === undefined ? "" : `\n${style.dim(spec.documentationUrl)}\n`;
  return `${table(columns, shown, terminal)}${link}`;
}

export interface Option {
  readonly path: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly isSecret: boolean;
  readonly fallback: string;
  readonly about: string;
}

export function optionsOf(schema: JsonObject, prefix = ""): Option[] {
  const required = get(schema, "required");
  const properties = get(schema, "properties");
  return (isObject(properties) ? entries(properties) : [])
    .filter((member): member is [string, JsonObject] => isObject(member[1]))
    .sort(([, a], [, b]) => orderOf(a) - orderOf(b))
    .flatMap(([name, property]) => {
      const path = `${prefix}${name}`;
      const fallback = get(property, "default");
      const option: Option = {
        path,
        type: typeOf(property),
        isRequired: isList(required) && required.includes(name),
        isSecret: get(property, "airbyte_secret") === true,
        fallback: fallback === undefined ? "" : textOf(fallback),
        about: textOf(get(property, "description") ?? get(property, "title") ?? ""),
      };
      return [option, ...optionsOf(property, `${path}.`), ...choicesOf(property, path)];
    });
}

/** One of several objects: each with the value that tells it from the others. */
function choicesOf(property: JsonObject, path: string): Option[] {
  const choices = get(property, "oneOf");
  return (isList(choices) ? choices : []).filter(isObject).flatMap((choice, index) => {
    const title = get(choice, "title");
    return optionsOf(choice, `${path}[${typeof title === "string" ? title : index}].`);
  });
}

function orderOf(property: JsonObject): number {
  const order = get(property, "order");
  return typeof order === "number" ? order : Infinity;
}

function typeOf(property: JsonObject): string {
  const [type, format, choices, fixed] = ["type", "format", "enum", "const"].map((word) => get(property, word));
  if (fixed !== undefined) return textOf(fixed);
  if (isList(choices)) return choices.map(textOf).join(" | ");
  const name = isList(type) ? type.filter((each) => each !== "null").join(" | ") : (type ?? "any");
  return typeof format === "string" ? `${textOf(name)} (${format})` : textOf(name);
}

const textOf = (value: Json): string =>
  typeof value === "string" ? value.replaceAll(/\s+/g, " ").trim() : printJson(value);
