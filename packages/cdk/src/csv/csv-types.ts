import type { CsvFormat, CsvType } from "./csv-format.ts";
import { createCsvScanner } from "./csv-scanner.ts";

/** The types to try, the narrower ones first. */
const NARROW: readonly CsvType[] = ["integer", "number", "boolean", "date", "local-date-time", "date-time"];

/**
 * The type of each column that all values in these bytes have, by reading them as one type after the other: so what a type
 * takes here is what it takes when rows are read. `undefined` where all are null. `whole`: the text ends here; `line`: the
 * number of its first one.
 * @experimental
 */
export function csvTypes(
  text: Uint8Array,
  format: CsvFormat,
  columns: number,
  { line = 1, whole }: { readonly line?: number; readonly whole: boolean },
): readonly (CsvType | undefined)[] {
  const found: (CsvType | undefined)[] = Array.from({ length: columns }, () => "string");
  let open = new Set(found.keys());
  for (const type of NARROW) {
    if (open.size === 0) break;
    const { seen } = read(
      text,
      format,
      found.map((_, column) => (open.has(column) ? type : "skip")),
      line,
      whole,
    );
    open = new Set(
      [...open].filter((column) => {
        const { values, misfits } = seen(column);
        if (values > 0 && misfits > 0) return true;
        found[column] = values === 0 ? undefined : type;
        return false;
      }),
    );
  }
  return found;
}

function read(
  text: Uint8Array,
  format: CsvFormat,
  types: readonly (CsvType | "skip")[],
  line: number,
  whole: boolean,
): { seen: (column: number) => { readonly values: number; readonly misfits: number } } {
  const columns = types.map((type) => ({ name: "", type }));
  const scanner = createCsvScanner(format, columns, line);
  scanner.add(text);
  if (whole) scanner.end();
  while (scanner.step());
  return scanner.memory;
}
