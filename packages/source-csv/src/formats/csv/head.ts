import { configError, nearest } from "ferry-cdk";
import { firstCsvRow, type CsvFormat } from "ferry-cdk/files";
import type { Ahead } from "../../ahead.ts";
import type { Subject } from "../format.ts";
import { refuseOtherContent, refuseOtherDelimiter } from "./look.ts";

/** What stands before the rows of a CSV file. */
export interface CsvHead {
  /** The columns' names, no two the same. */
  readonly names: readonly string[];
  /** Where the first row begins: the byte, and its line. */
  readonly next: number;
  readonly line: number;
  /** Whether a column is wanted. */
  isRead(name: string): boolean;
}

const FIRST_LOOK = 64 * 1024;
const LAST_LOOK = 32 * 1024 * 1024;

/** Finds the names of the columns. @throws a config error where the file is empty, or seems to be something else */
export async function headOf(ahead: Ahead, { options, file, run }: Subject): Promise<CsvHead> {
  for (let size = FIRST_LOOK; ; size *= 4) {
    const bytes = await ahead.peek(size);
    const isWhole = ahead.ended;
    if (size === FIRST_LOOK) refuseOtherContent(bytes, file.place);
    const found = lookFor(bytes, options, isWhole);
    if (found === undefined && !isWhole && size < LAST_LOOK) continue;
    if (found === undefined) throw empty(bytes.length, file.place, options);
    if (options.names === undefined) refuseOtherDelimiter(bytes, found.start, options.csv, isWhole);
    const names = unique(found.names);
    const renamed = names.filter((name, index) => name !== found.names[index]);
    if (renamed.length > 0) run.log.warn(`Columns without a name of their own are called ${renamed.join(", ")}.`);
    return { ...found, names, isRead: selection(names, options.columns) };
  }
}

interface Found {
  readonly names: readonly string[];
  /** The first row, of names or of values. */
  readonly start: number;
  readonly next: number;
  readonly line: number;
}

/** Undefined where the bytes do not suffice. */
function lookFor(
  bytes: Buffer,
  { csv, header, names, skipRows }: Subject["options"],
  isWhole: boolean,
): Found | undefined {
  const start = skipLines(bytes, skipRows);
  if (start === undefined) return undefined;
  let at = { next: start, line: skipRows + 1 };
  let before = start;
  let row: readonly string[] | undefined;
  for (let index = 0; index <= (header ?? -1); index++) {
    const found = rowAt(bytes, at, csv, isWhole);
    if (found === undefined) return undefined;
    before = at.next;
    row = found.fields;
    at = { next: found.next, line: found.line };
  }
  if (names === undefined && row !== undefined) return { names: row, start: before, ...at };
  const first = rowAt(bytes, at, csv, isWhole);
  if (first === undefined) return isWhole && names !== undefined ? { names, start: at.next, ...at } : undefined;
  if (names === undefined) return { names: first.fields.map((_, index) => String(index)), start: at.next, ...at };
  if (first.fields.length > names.length) {
    throw configError(
      `/reader_options/names has ${names.length} names, but line ${at.line} has ${first.fields.length} fields. Name every column.`,
    );
  }
  return { names, start: at.next, ...at };
}

function rowAt(
  bytes: Buffer,
  { next, line }: { readonly next: number; readonly line: number },
  csv: CsvFormat,
  isWhole: boolean,
): ReturnType<typeof firstCsvRow> {
  const row = firstCsvRow(bytes.subarray(next), csv, line, isWhole);
  return row && { ...row, next: next + row.next };
}

/** The place behind so many lines, whatever they hold. */
function skipLines(bytes: Buffer, lines: number): number | undefined {
  let at = 0;
  for (let line = 0; line < lines; line++) {
    const end = bytes.indexOf(10, at);
    if (end < 0) return undefined;
    at = end + 1;
  }
  return at;
}

function empty(size: number, place: string, { header, skipRows }: Subject["options"]): Error {
  if (size === 0)
    return configError(`/url is ${JSON.stringify(place)}, which is empty: it must have a row at least.`, {
      code: "empty-file",
    });
  return configError(
    `The file has no row with names: it ends before it. It has ${size} bytes; /reader_options/skiprows is ${skipRows}, header ${header ?? "null"}.`,
    { code: "empty-file" },
  );
}

/** Names as pandas makes them of what has none, or one that is there already. */
function unique(names: readonly string[]): string[] {
  const taken = new Set(names);
  const used = new Set<string>();
  return names.map((given, index) => {
    let name = given.trim() === "" ? `Unnamed: ${index}` : given;
    for (let next = 1; used.has(name) || (name !== given && taken.has(name)); next++) name = `${given}.${next}`;
    used.add(name);
    return name;
  });
}

function selection(names: readonly string[], wanted: readonly (string | number)[] | undefined): CsvHead["isRead"] {
  if (wanted === undefined) return () => true;
  const read = new Set(
    wanted.map((column) => {
      const name = typeof column === "number" ? names[column] : names.find((each) => each === column);
      if (name !== undefined) return name;
      const like = typeof column === "string" ? nearest(column, names) : undefined;
      const hint = like === undefined ? `the file has ${names.join(", ")}` : `did you mean ${JSON.stringify(like)}?`;
      throw configError(`/reader_options/usecols names ${JSON.stringify(column)}, which is no column: ${hint}`);
    }),
  );
  return (name) => read.has(name);
}
