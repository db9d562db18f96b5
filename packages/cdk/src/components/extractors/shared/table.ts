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
export function createTable(keepsTexts: boolean): (rows: readonly (readonly string[])[]) => JsonObject[] {
  let names: string[] | undefined;
  let leading: number | undefined;
  let count = 0;
  return (rows) => {
    const made: JsonObject[] = [];
    for (const row of rows) {
      if (row.length === 0 || (row.length === 1 && /^[ \t]+$/.test(row[0]!))) continue;
      if (names === undefined) {
        names = columnNames(row);
        continue;
      }
      count++;
      const before = (leading ??= Math.max(0, row.length - names.length));
      if (row.length > names.length + before) throw tooLong(count, row.length, names.length + before);
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

const tooLong = (row: number, fields: number, expected: number): Error =>
  systemError(`Row ${row} of the CSV answer has ${fields} fields where ${expected} are expected.`, {
    code: "broken-csv",
  });
