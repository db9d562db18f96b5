import { configError, isConnectorError } from "ferry-cdk";
import { firstCsvRow, type CsvFormat } from "ferry-cdk/files";

/** Refuses what is plainly another kind of file. */
export function refuseOtherContent(bytes: Buffer, place: string): void {
  const start = bytes.toString("latin1", 0, 512).trimStart();
  const kind = KINDS.find(([pattern]) => pattern.test(start));
  if (kind !== undefined) {
    throw configError(`The file ${JSON.stringify(place)} is no CSV but ${kind[1]}`, { code: "other-content" });
  }
  // Half of UTF-16's bytes are zeros where the text is Latin.
  const zeros = bytes.subarray(0, 1024).reduce((sum, byte) => sum + Number(byte === 0), 0);
  if (zeros > 4 && 3 * zeros > Math.min(bytes.length, 1024)) {
    throw configError('The file is not in UTF-8. It looks like "utf-16": name that in /reader_options/encoding.', {
      code: "encoding",
    });
  }
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:<!doctype html|<html)/i, "a web page: is it behind a login, or has it moved? Check /url."],
  [/^<\?xml/, "XML, which cannot be read. Check /url."],
  [/^PAR1/, 'Parquet: /format must be "parquet".'],
  [/^\{\s*"/, 'JSON: /format must be "jsonl", or "json" where it is one document.'],
  [/^\[\s*[{\]]/, 'JSON: /format must be "json".'],
  [
    /^%PDF|^\x89PNG|^\xff\xd8\xff|^\xd0\xcf\x11\xe0|^Rar!|^7z\xbc\xaf|^BZh\d|^\xfd7zXZ|^\x28\xb5\x2f\xfd/,
    "no text. Check /url.",
  ],
];

const DELIMITERS = [",", ";", "\t", "|"];
const ROWS = 5;

/** Refuses a delimiter that does not occur where another one makes the same number of fields of each of the first rows. */
export function refuseOtherDelimiter(bytes: Buffer, start: number, csv: CsvFormat, isWhole: boolean): void {
  if (widths(bytes, start, csv, isWhole).some((width) => width > 1)) return;
  for (const delimiter of DELIMITERS) {
    const [fields = 1, ...others] = widths(bytes, start, { ...csv, delimiter }, isWhole);
    if (fields > 1 && others.every((width) => width === fields)) {
      throw configError(
        `/reader_options/sep is ${JSON.stringify(csv.delimiter)}, which does not occur in the first rows; ` +
          `${JSON.stringify(delimiter)} makes ${fields} fields of each: say "sep": ${JSON.stringify(delimiter)}. ` +
          `(Is there one column only? Then name it in /reader_options/names.)`,
        { code: "delimiter" },
      );
    }
  }
}

/** How many fields the first rows have, up to one that cannot be read: that is told when its turn comes. */
function widths(bytes: Buffer, start: number, csv: CsvFormat, isWhole: boolean): number[] {
  const found: number[] = [];
  try {
    for (let at = start; found.length < ROWS;) {
      const row = firstCsvRow(bytes.subarray(at), csv, 1, isWhole);
      if (row === undefined) break;
      found.push(row.fields.length);
      at += row.next;
    }
  } catch (error) {
    if (!isConnectorError(error)) throw error;
  }
  return found;
}
