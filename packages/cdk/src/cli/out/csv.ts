import { printJson } from "../../json/print.ts";
import { get, type Json, type JsonObject } from "../../json/value.ts";
import type { Column } from "./columns.ts";
import type { TableWriter } from "./table-writer.ts";

/** Writes CSV as RFC 4180 has it, in UTF-8: a null is nothing, an empty text is `""`, what is nested is JSON. */
export function csvWriter(columns: readonly Column[], write: (text: string) => void): TableWriter {
  const line = (cells: readonly string[]): void => write(`${cells.join(",")}\r\n`);
  line(columns.map(({ name }) => quoted(name)));
  return {
    write: (record: JsonObject) => line(columns.map(({ name }) => cell(get(record, name)))),
    finish: () => undefined,
  };
}

function cell(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value === "" ? '""' : quoted(value);
  return quoted(printJson(value));
}

const quoted = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
