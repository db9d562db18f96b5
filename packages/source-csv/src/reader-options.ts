import { configError, entries, isObject, nearest, parseJson, printJson, type Json, type Log } from "ferry-cdk";
import { csvOptions, nullsOf } from "./reader-options/csv-options.ts";
import {
  commonOptions,
  ignoredOptions,
  jsonOptions,
  parquetOptions,
  refusedOptions,
} from "./reader-options/other-options.ts";
import type { Options, ReaderOptions } from "./reader-options/option.ts";
import { defaultsOf } from "./reader-options/defaults.ts";

export type { ReaderOptions } from "./reader-options/option.ts";

/**
 * Reads `reader_options`: a JSON text or an object, whose names are those of pandas.
 * @throws a config error that names every option that cannot be
 */
export function readerOptions(given: Json | undefined, format: string, log: Log): ReaderOptions {
  const isCsv = format === "csv" || format === "tsv";
  const isJson = format === "json" || format === "jsonl";
  const own = isCsv ? csvOptions : isJson ? jsonOptions : parquetOptions;
  const known: Options = { ...commonOptions, ...own };
  const all: Options = { ...commonOptions, ...csvOptions, ...jsonOptions, ...parquetOptions };
  const stated = new Map(entriesOf(given));
  let options = defaultsOf(format);
  const problems: string[] = [];
  for (const [name, value] of stated) {
    const option = known[name];
    if (option !== undefined) {
      const changes = option(value, options);
      if (typeof changes !== "string") options = { ...options, ...changes };
      else problems.push(`/reader_options/${name} is ${printJson(value)} but ${changes}`);
    } else if (name in ignoredOptions || name in all) {
      log.warn(`/reader_options/${name} is left aside: ${ignoredOptions[name] ?? `it says nothing to ${format}`}.`);
    } else {
      const reason = refusedOptions[name];
      const like = nearest(name, Object.keys(all));
      const hint = like === undefined ? `it must be one of ${Object.keys(known).join(", ")}` : `did you mean ${like}?`;
      problems.push(`/reader_options/${name} ${reason === undefined ? `is not known: ${hint}` : reason}`);
    }
  }
  if (problems.length > 0) throw configError(problems.join("\n"), { code: "reader-options" });
  return {
    ...options,
    // Names that are given stand in place of a row with names, unless that row is given as well.
    header: options.names !== undefined && !stated.has("header") ? undefined : options.header,
    csv: { ...options.csv, nulls: nullsOf(stated, options.csv.nulls) },
  };
}

function entriesOf(given: Json | undefined): readonly [string, Json][] {
  if (given === undefined || given === null || given === "") return [];
  const value = typeof given === "string" ? parsed(given) : given;
  if (isObject(value)) return entries(value);
  throw configError(`/reader_options is ${printJson(given)} but must be a JSON object, e.g. {"sep": ";"}`);
}

function parsed(text: string): Json {
  try {
    return parseJson(text);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw configError(`/reader_options is ${printJson(text)} but must be JSON, e.g. {"sep": ";"}: ${detail}`, {
      cause,
    });
  }
}
