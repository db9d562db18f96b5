import type { CsvTable } from "../../../csv/csv-batches.ts";
import { systemError } from "../../../errors.ts";
import { fromEntries, type JsonObject } from "../../../json/value.ts";

/** What pandas takes for nothing. */
const NOTHING: ReadonlySet<string> = new Set(
  "#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null".split("|"),
);

/**
 * Makes objects of CSV rows as pandas does: a column named twice gets a number, one without a name is `Unnamed: 2`; where the
 * first row is longer than the header, its first fields are left out of every row; nothing is null.
 */
export function createTable(keepsTexts: boolean): CsvTable & { readonly nulls: readonly string[] } {
  let names: string[] | undefined;
  let leading: number | undefined;
  return {
    nulls: keepsTexts ? [""] : ["", ...NOTHING],
    records(rows) {
      const made: JsonObject[] = [];
      for (const row of rows) {
        if (row.length === 0 || (row.length === 1 && /^[ \t]+$/.test(row[0]!))) continue;
        if (names === undefined) {
          names = columnNames(row);
          continue;
        }
        const before = (leading ??= Math.max(0, row.length - names.length));
        if (row.length > names.length + before) throw tooLong(row, names.length + before);
        made.push(
          fromEntries(
            names.map((name, i) => {
              const text = row[before + i] ?? "";
              return [name, text === "" || (!keepsTexts && NOTHING.has(text)) ? null : text];
            }),
          ),
        );
      }
      return made;
    },
    // A blank line of a text with one column is no row, but looks like one whose field is empty.
    columns: () => (leading === 0 && names !== undefined && names.length > 1 ? names : undefined),
  };
}

function columnNames(header: readonly string[]): string[] {
  const names = header.map((name, i) => (i === 0 ? name.replace(/^\ufeff/, "") : name));
  const named = names.map((_, i) => i).filter((i) => names[i] !== "");
  const unnamed = names.map((_, i) => i).filter((i) => names[i] === "");
  for (const i of unnamed) names[i] = `Unnamed: ${i}`;
  const counts = new Map<string, number>();
  for (const i of [...named, ...unnamed]) {
    const own = names[i]!;
    let name = own;
    let uses = counts.get(own) ?? 0;
    while (uses > 0) {
      counts.set(own, uses + 1);
      name = `${own}.${uses}`;
      uses = names.includes(name) ? uses + 1 : (counts.get(name) ?? 0);
    }
    names[i] = name;
    counts.set(name, uses + 1);
  }
  return names;
}

const tooLong = (row: readonly string[], expected: number): Error =>
  systemError(
    `A row of the CSV answer has ${row.length} fields where ${expected} are expected. It begins with ${JSON.stringify(row[0]!.slice(0, 60))}.`,
    { code: "broken-csv" },
  );
