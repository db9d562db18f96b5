import { ParquetWriter, type ColumnSource } from "hyparquet-writer";
import { fileWriter } from "hyparquet-writer/src/node.js";
import { printJson } from "../../json/print.ts";
import { Float, get, type Json, type JsonObject } from "../../json/value.ts";
import type { Column, ColumnType } from "./columns.ts";
import type { TableWriter } from "./table-writer.ts";

/** Rows are gathered up to one of these, then written: memory does not grow with the file. */
const ROWS = 20_000;
const BYTES = 8 << 20;

type Element = ConstructorParameters<typeof ParquetWriter>[0]["schema"][number];
type Cell = boolean | number | bigint | string | Uint8Array | null;

/** Writes a Parquet file, compressed by Snappy. Every column may be null. */
export function parquetWriter(columns: readonly Column[], path: string): TableWriter {
  const elements = columns.map(elementOf);
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [{ name: "root", num_children: columns.length }, ...elements],
    createdBy: "ferry",
  });
  const data: Cell[][] = columns.map(() => []);
  let rows = 0;
  let bytes = 0;

  function flush(): void {
    if (rows === 0) return;
    const columnData = columns.map(({ name, type }, index): ColumnSource => ({
      name,
      data: data[index]!,
      statistics: type !== "json",
    }));
    void writer.write({ columnData, rowGroupSize: rows }); // waits for nothing: the file is written at once
    for (const column of data) column.length = 0;
    rows = bytes = 0;
  }
  return {
    write(record: JsonObject) {
      columns.forEach(({ name, type }, index) => {
        const cell = cellOf(type, get(record, name) ?? null);
        bytes += typeof cell === "string" || cell instanceof Uint8Array ? cell.length : 8;
        data[index]!.push(cell);
      });
      if (++rows >= ROWS || bytes >= BYTES) flush();
    },
    finish() {
      flush();
      for (const [index, { type }] of columns.entries()) if (type === "json") elements[index]!.converted_type = "JSON";
      void writer.finish(); // as above
    },
  };
}

const optional = "OPTIONAL";

function elementOf({ name, type }: Column): Element {
  const common = { name, repetition_type: optional } as const;
  const timestamp = (isAdjustedToUTC: boolean): Element => ({
    ...common,
    type: "INT64",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC, unit: "MICROS" },
  });
  switch (type) {
    case "boolean":
      return { ...common, type: "BOOLEAN" };
    case "int64":
      return { ...common, type: "INT64" };
    case "decimal":
      return {
        ...common,
        type: "FIXED_LEN_BYTE_ARRAY",
        type_length: 16,
        converted_type: "DECIMAL",
        precision: 38,
        scale: 0,
      };
    case "double":
      return { ...common, type: "DOUBLE" };
    case "text":
      return { ...common, type: "BYTE_ARRAY", converted_type: "UTF8" };
    case "date":
      return { ...common, type: "INT32", converted_type: "DATE" };
    case "timestamp":
      return timestamp(true);
    case "local-timestamp":
      return timestamp(false);
    case "json":
      // The library would print JSON by itself and round integers, so it learns at the end, for the footer, what it is.
      return { ...common, type: "BYTE_ARRAY" };
  }
}

const encoder = new TextEncoder();
const DAY = 86_400_000;

/** @param value one that `findColumns` saw: it is of the type */
function cellOf(type: ColumnType, value: Json): Cell {
  if (value === null) return null;
  switch (type) {
    case "boolean":
      return value as boolean;
    case "int64":
    case "decimal":
      return BigInt(value as number | bigint);
    case "double":
      return value instanceof Float ? value.value : (value as number);
    case "text":
      return value as string;
    case "date":
      return Date.parse(value as string) / DAY;
    case "timestamp":
    case "local-timestamp":
      return microseconds(value as string);
    case "json":
      return encoder.encode(printJson(value));
  }
}

function microseconds(text: string): bigint {
  const [, seconds = "", fraction = "", zone = "Z"] = /^(.{19})(?:\.(\d+))?(.*)$/.exec(text) ?? [];
  const whole = BigInt(Date.parse(`${seconds.replace(" ", "T")}${zone === "" ? "Z" : zone}`)) * 1000n;
  return whole + BigInt(fraction.padEnd(6, "0"));
}
