import { entries, get, isList, isObject, type Json } from "../../json/value.ts";
import type { AirbyteCatalog, AirbyteStream } from "../../protocol/messages.gen.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { tree, type TreeNode } from "../terminal/tree.ts";

/** The streams as a table. */
export function catalogTable({ streams }: AirbyteCatalog, terminal: Pick<Terminal, "width" | "style">): string {
  const columns = [
    { head: "stream" },
    { head: "sync modes" },
    { head: "primary key" },
    { head: "cursor" },
    { head: "fields", align: "right" as const },
  ];
  const rows = streams.map((stream) => [
    terminal.style.bold(stream.name),
    modesOf(stream),
    keyOf(stream),
    cursorOf(stream),
    String(fieldsOf(stream.json_schema).length),
  ]);
  return `${table(columns, rows, terminal)}\n${streams.length} ${streams.length === 1 ? "stream" : "streams"}.\n`;
}

/** The streams with their fields, one below the other. */
export function catalogTree({ streams }: AirbyteCatalog, { style }: Pick<Terminal, "style">): string {
  return tree(
    streams.map((stream) => {
      const about = [
        modesOf(stream),
        keyOf(stream) && `key ${keyOf(stream)}`,
        cursorOf(stream) && `cursor ${cursorOf(stream)}`,
      ];
      return {
        label: `${style.bold(stream.name)}  ${style.dim(about.filter(Boolean).join(", "))}`,
        children: fieldsOf(stream.json_schema),
      };
    }),
  );
}

const modesOf = ({ supported_sync_modes: modes }: AirbyteStream): string => modes.join(", ");
const keyOf = ({ source_defined_primary_key: key = [] }: AirbyteStream): string =>
  key.map((path) => path.join(".")).join(", ");
const cursorOf = ({ default_cursor_field: cursor = [] }: AirbyteStream): string => cursor.join(".");

function fieldsOf(schema: Json | undefined): TreeNode[] {
  const properties = schema !== undefined && isObject(schema) ? get(schema, "properties") : undefined;
  if (properties === undefined || !isObject(properties)) return [];
  return entries(properties).map(([name, field]) => ({
    label: `${name}: ${typeOf(field)}`,
    children: fieldsOf(isObject(field) ? (get(field, "items") ?? field) : undefined),
  }));
}

function typeOf(field: Json): string {
  if (!isObject(field)) return "any";
  const [type, format] = [get(field, "type"), get(field, "format")];
  const names = (isList(type) ? type : [type]).filter((name) => typeof name === "string" && name !== "null");
  const text = names.length === 0 ? "any" : names.join(" | ");
  return typeof format === "string" ? `${text} (${format})` : text;
}
