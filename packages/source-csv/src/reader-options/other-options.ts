import { isCount, isTexts, type Options } from "./option.ts";

/** Options of every format. */
export const commonOptions: Options = {
  compression(value) {
    if (value === null) return { compression: "none" };
    if (value === "infer" || value === "gzip" || value === "zip") return { compression: value };
    return 'must be "infer", "gzip", "zip" or null';
  },
  zip_member: (value) => (typeof value === "string" ? { member: value } : "must be the name of a file in the archive"),
  nrows(value) {
    if (value === null) return { rows: Infinity };
    return isCount(value) ? { rows: value } : "must be how many records to read at most";
  },
  encoding(value) {
    if (value === null) return { encoding: undefined };
    return typeof value === "string" && value !== ""
      ? { encoding: value }
      : 'must be a name such as "utf-8" or "cp1252"';
  },
};

export const jsonOptions: Options = {
  lines: (value) => (typeof value === "boolean" ? { lines: value } : "must be true or false"),
  records_path: (value) =>
    isTexts(value) ? { recordsPath: value } : 'must be a list of the keys that lead to the records, such as ["data"]',
  orient: (value) => (value === "records" ? {} : 'must be "records": a list of objects'),
};

export const parquetOptions: Options = {
  columns: (value) => (isTexts(value) ? { columns: value } : "must be a list of the columns to read"),
};

/** Options of pandas that change nothing here, and why. */
export const ignoredOptions: Readonly<Record<string, string | undefined>> = {
  engine: "there is one way to read",
  low_memory: "memory is always low",
  memory_map: "memory is always low",
  chunksize: "files are read piece by piece",
  iterator: "files are read piece by piece",
  float_precision: "numbers are kept as they are written",
  parse_dates: "dates are recognised by themselves",
  infer_datetime_format: "dates are recognised by themselves",
  cache_dates: "dates are recognised by themselves",
  dtype_backend: "integers, numbers and texts may all be null",
  lineterminator: "a line ends in \\n, \\r\\n or \\r",
  verbose: "see the log level",
};

/** Options of pandas that would change the records, and are not there. */
export const refusedOptions: Readonly<Record<string, string | undefined>> = {
  index_col: "cannot be used: every column is one of the record; leave it out",
  converters: "cannot be used: state types with dtype",
  true_values: 'cannot be used: a boolean is "true" or "false" in any case',
  false_values: 'cannot be used: a boolean is "true" or "false" in any case',
  thousands: "cannot be used: such numbers are read as text",
  skipfooter: "cannot be used: the end of the file is not known before it comes",
  date_format: "cannot be used: dates are recognised as YYYY-MM-DD",
  date_parser: "cannot be used: dates are recognised as YYYY-MM-DD",
  encoding_errors: "cannot be used: a wrong byte is an error; name the right encoding",
  dialect: "cannot be used: state sep, quotechar and so on",
};
