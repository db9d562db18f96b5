import { plainCsv } from "ferry-cdk/files";
import type { ReaderOptions } from "./option.ts";

export const defaultsOf = (format: string): ReaderOptions => ({
  csv: format === "tsv" ? { ...plainCsv, delimiter: "\t" } : plainCsv,
  header: 0,
  names: undefined,
  skipRows: 0,
  columns: undefined,
  types: undefined,
  longRows: "keep",
  encoding: undefined,
  rows: Infinity,
  compression: "infer",
  member: undefined,
  recordsPath: [],
  lines: format === "jsonl",
});
