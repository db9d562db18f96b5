import type { JsonObject } from "../../json/value.ts";

/** Writes records as rows of a table whose columns are known. */
export interface TableWriter {
  write(record: JsonObject): void;
  finish(): void;
}
