import { entries, isObject, type Json } from "ferry-cdk";
import type { CsvFormat, CsvType } from "ferry-cdk/files";
import { isCount, isTexts, type Option, type Options } from "./option.ts";

/** What pandas takes for null when left alone, as its documentation lists it. */
const PANDAS_NULLS = [
  ..." #N/A,#N/A N/A,#NA,-1.#IND,-1.#QNAN,-NaN,-nan,1.#IND,1.#QNAN,<NA>,N/A,NA,NULL,NaN,None,n/a,nan,null"
    .trim()
    .split(","),
  "",
];

const csv =
  (read: (value: Json) => Partial<CsvFormat> | string): Option =>
  (value, options) => {
    const changes = read(value);
    return typeof changes === "string" ? changes : { csv: { ...options.csv, ...changes } };
  };

const flag = (read: (value: boolean) => Partial<CsvFormat>): Option =>
  csv((value) => (typeof value === "boolean" ? read(value) : "must be true or false"));

const isCharacter = (value: Json): value is string => typeof value === "string" && /^[\x20-\x7e\t]$/.test(value);

/** One character, or null for none. */
const character = (name: "escape" | "comment", example: string): Option =>
  csv((value) => {
    if (value === null) return { [name]: undefined };
    return isCharacter(value) ? { [name]: value } : `must be one character of ASCII, such as "${example}"`;
  });

const delimiter: Option = csv((value) => {
  const fits = typeof value === "string" && value !== "" && Buffer.byteLength(value) <= 16 && !/[\r\n"]/.test(value);
  if (!fits) return 'must be the text between two fields, such as ";" or "\\t"';
  // pandas takes these for patterns; a tab is often written with its backslash.
  if (value === "\\t") return { delimiter: "\t" };
  return value === "\\s+" ? 'must be a plain text, no pattern: "\\s+" cannot be read' : { delimiter: value };
});

const TYPES: readonly (readonly [RegExp, CsvType])[] = [
  [/^(?:str|string|object|category)$/, "string"],
  [/^u?int\d*$/i, "integer"],
  [/^(?:float\d*|double|number)$/i, "number"],
  [/^bool(?:ean)?$/, "boolean"],
  [/^integer$/, "integer"],
  [/^date$/, "date"],
  [/^datetime64(?:\[ns\])?$/, "local-date-time"],
  [/^datetime64\[ns, *UTC\]$/, "date-time"],
];

function typeOf(value: Json): CsvType | undefined {
  return typeof value === "string" ? TYPES.find(([pattern]) => pattern.test(value))?.[1] : undefined;
}

const types: Option = (value) => {
  const wanted = 'must be a type such as "str", "int64", "float64", "bool" or "date", or an object of column to type';
  if (!isObject(value)) {
    const all = typeOf(value);
    return all === undefined ? wanted : { types: all };
  }
  const named = new Map<string, CsvType>();
  for (const [column, given] of entries(value)) {
    const type = typeOf(given);
    if (type === undefined) return wanted;
    named.set(column, type);
  }
  return { types: named };
};

const header: Option = (value) => {
  if (value === null) return { header: undefined };
  if (value === "infer" || value === 0) return { header: 0 };
  return isCount(value) ? { header: value } : "must be the number of the row with the names, from 0 on, or null";
};

const skipRows: Option = (value) => {
  if (isCount(value)) return { skipRows: value };
  const isStart = Array.isArray(value) && value.every((line, index) => line === index);
  return isStart ? { skipRows: value.length } : "must be how many lines to leave out at the start";
};

const nulls: Option = csv((value) => {
  if (typeof value === "string") return { nulls: [value] };
  return isTexts(value) ? { nulls: value } : 'must be a list of texts that stand for null, such as ["NA", "-"]';
});

export const csvOptions: Options = {
  sep: delimiter,
  delimiter,
  quotechar: csv((value) =>
    isCharacter(value) ? { quote: value } : `must be one character of ASCII, such as "'"; for none say "quoting": 3`,
  ),
  quoting: csv((value) => {
    if (value === 3) return { quote: undefined };
    return isCount(value) && value < 3 ? {} : "must be 0, 1 or 2 (quotes are read), or 3 (quotes are text)";
  }),
  doublequote: flag((doubleQuote) => ({ doubleQuote })),
  escapechar: character("escape", "\\\\"),
  comment: character("comment", "#"),
  decimal: csv((value) => (isCharacter(value) ? { decimal: value } : 'must be one character, such as ","')),
  skipinitialspace: flag((skipInitialSpace) => ({ skipInitialSpace })),
  skip_blank_lines: flag((skipBlankLines) => ({ skipBlankLines })),
  header,
  names: (value) => (isTexts(value) && value.length > 0 ? { names: value } : "must be a list of the columns' names"),
  skiprows: skipRows,
  usecols(value) {
    const isList = Array.isArray(value) && value.every((item) => typeof item === "string" || isCount(item as Json));
    return isList ? { columns: value as readonly (string | number)[] } : "must be a list of columns, by name or number";
  },
  dtype: types,
  na_values: nulls,
  keep_default_na: flag(() => ({})),
  na_filter: flag(() => ({})),
  on_bad_lines(value) {
    if (value === "error") return { longRows: "fail" };
    return value === "skip" || value === "warn" ? { longRows: "drop" } : 'must be "error", "warn" or "skip"';
  },
};

/** The texts that are null: those of `na_values` and, as the other two options say, the empty one or those of pandas. */
export function nullsOf(stated: ReadonlyMap<string, Json>, naValues: readonly string[]): readonly string[] {
  if (stated.get("na_filter") === false) return [];
  const own = stated.has("na_values") ? naValues : [];
  const keeps = stated.get("keep_default_na");
  return keeps === false ? own : [...(keeps === true ? PANDAS_NULLS : [""]), ...own];
}
