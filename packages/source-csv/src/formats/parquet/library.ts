// The one place that knows the library, hyparquet. Measured beside parquetjs-lite on the same file: see the README.
import * as zlib from "node:zlib";
import { float, fromEntries, integer, parseJson, type Json, type JsonObject } from "ferry-cdk";
import { parquetMetadataAsync, parquetReadObjects, parquetSchema, type SchemaTree } from "hyparquet";
import type { OpenFile } from "../../storage/stored-file.ts";
import { propertyOf } from "../csv/schema.ts";

export interface ParquetFile {
  readonly names: readonly string[];
  /** The wanted columns, each with its property of a JSON Schema. */
  readonly columns: readonly (readonly [string, JsonObject])[];
  /** How many rows each group has. */
  readonly groups: readonly number[];
  read(from: number, to: number): Promise<JsonObject[]>;
}

export async function openParquet(file: OpenFile, wanted: readonly string[] | undefined): Promise<ParquetFile> {
  const source = {
    byteLength: file.size,
    async slice(from: number, to: number = file.size): Promise<ArrayBuffer> {
      const start = from < 0 ? file.size + from : from;
      const bytes = await file.read(start, Math.min(to, file.size));
      return Uint8Array.from(bytes).buffer;
    },
  };
  const metadata = await parquetMetadataAsync(source);
  const all = parquetSchema(metadata).children;
  const columns = all.filter(({ element }) => wanted === undefined || wanted.includes(element.name));
  const casts = columns.map((column) => [column.element.name, castOf(column)] as const);
  return {
    names: all.map(({ element }) => element.name),
    columns: columns.map((column) => [column.element.name, propertyOfColumn(column)]),
    groups: metadata.row_groups.map(({ num_rows }) => Number(num_rows)),
    async read(rowStart, rowEnd) {
      const rows = await parquetReadObjects({
        file: source,
        metadata,
        rowStart,
        rowEnd,
        columns: columns.map(({ element }) => element.name),
        compressors,
        parsers,
        useOffsetIndex: true,
      });
      return rows.map((row) => fromEntries(casts.map(([name, cast]) => [name, cast(row[name])])));
    },
  };
}

type Unpack = (bytes: Uint8Array) => Uint8Array;
// Node's own since 22.15.
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: Unpack };
const compressors = {
  GZIP: (bytes: Uint8Array) => zlib.gunzipSync(bytes),
  BROTLI: (bytes: Uint8Array) => zlib.brotliDecompressSync(bytes),
  ...(zstdDecompressSync === undefined ? {} : { ZSTD: (bytes: Uint8Array) => zstdDecompressSync(bytes) }),
};

/** Times become texts as exact as they are; their zone is added by column. */
const parsers = {
  timestampFromMilliseconds: (value: bigint): string => timeOf(value, 1000n, 3),
  timestampFromMicroseconds: (value: bigint): string => timeOf(value, 1_000_000n, 6),
  timestampFromNanoseconds: (value: bigint): string => timeOf(value, 1_000_000_000n, 9),
  dateFromDays: (days: number | undefined): string | undefined =>
    days === undefined ? undefined : new Date(days * 86_400_000).toISOString().slice(0, 10),
  jsonFromBytes: (bytes: Uint8Array | undefined): Json =>
    bytes === undefined ? null : parseJson(Buffer.from(bytes).toString()),
};

function timeOf(value: bigint | number | undefined | null, unit: bigint, digits: number): string {
  if (value === undefined || value === null) return "";
  const whole = BigInt(value);
  const seconds = (whole - (((whole % unit) + unit) % unit)) / unit;
  const rest = (whole - seconds * unit).toString().padStart(digits, "0").replace(/0+$/, "");
  const text = new Date(Number(seconds) * 1000).toISOString().slice(0, -5);
  return rest === "" ? text : `${text}.${rest}`;
}

const isList = ({ element, children }: SchemaTree): boolean =>
  element.repetition_type === "REPEATED" ||
  element.converted_type === "LIST" ||
  (element.logical_type?.type === "LIST" && children.length > 0);

/** Whether a column holds instants; undefined where it holds no times. */
function isZoned({ element }: SchemaTree): boolean | undefined {
  const { logical_type: logical, converted_type: converted, type } = element;
  if (logical?.type === "TIMESTAMP") return logical.isAdjustedToUTC;
  if (converted === "TIMESTAMP_MILLIS" || converted === "TIMESTAMP_MICROS") return true;
  return type === "INT96" ? false : undefined;
}

function propertyOfColumn(column: SchemaTree): JsonObject {
  const { element, children } = column;
  if (isList(column)) return { type: ["null", "array"] };
  if (children.length > 0) return { type: ["null", "object"] };
  const zoned = isZoned(column);
  if (zoned !== undefined) return propertyOf(zoned ? "date-time" : "local-date-time");
  if (element.converted_type === "DATE" || element.logical_type?.type === "DATE") return propertyOf("date");
  if (isFloat(column)) return propertyOf("number");
  if (element.converted_type === "JSON" || element.logical_type?.type === "JSON") return {};
  if (element.type === "BOOLEAN") return propertyOf("boolean");
  return propertyOf(element.type === "INT32" || element.type === "INT64" ? "integer" : "string");
}

const isFloat = ({ element }: SchemaTree): boolean =>
  element.type === "FLOAT" ||
  element.type === "DOUBLE" ||
  element.converted_type === "DECIMAL" ||
  element.logical_type?.type === "DECIMAL" ||
  element.logical_type?.type === "FLOAT16";

function castOf(column: SchemaTree): (value: unknown) => Json {
  const isWhole = !isList(column) && column.children.length === 0;
  if (isWhole && isZoned(column) === true) return (value) => (value ? `${String(value)}Z` : null);
  if (isWhole && isZoned(column) === false) return (value) => (value ? String(value) : null);
  if (isWhole && isFloat(column)) return (value) => (typeof value === "number" ? float(value) : jsonOf(value));
  return jsonOf;
}

/** A value of the library's as JSON; bytes that are no text become Base64. */
function jsonOf(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint") return integer(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, jsonOf); // an array of numbers
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    return fromEntries(Object.entries(value).map(([key, member]) => [key, jsonOf(member)]));
  }
  return value as Json; // a text, a number, or what parseJson made
}
