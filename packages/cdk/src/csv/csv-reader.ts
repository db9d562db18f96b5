const QUOTE = '"';

export interface CsvReader {
  /** The rows that are complete by now; a blank line is an empty row. */
  push(text: string): string[][];
  /** Takes the text of rows that are not complete: another reader goes on with it. */
  rest(): string;
  /** What is left, the text being over: a quoted field need not be closed. */
  end(): string[][];
}

/**
 * Reads CSV as Python's `csv.reader` does: a quote counts only at a field's start, `""` within quotes is one, whatever
 * follows a closing quote belongs to the field. Lines end in `\n`; see {@link universalNewlines}.
 */
export function createCsvReader(delimiter: string): CsvReader {
  let line: string[] = []; // parts of an unfinished line
  let open = ""; // lines of a row whose quoted field is not closed yet
  let enough = 0; // such a row is read again when it has doubled, so a huge field costs O(n)

  function take(text: string, last: boolean): string[][] {
    const lines = open + text;
    if (!last && lines.length < enough) {
      open = lines;
      return [];
    }
    const rows: string[][] = [];
    const read = readRows(lines, delimiter, rows, last);
    open = lines.slice(read);
    enough = 2 * open.length;
    return rows;
  }

  return {
    push(text) {
      const newline = text.lastIndexOf("\n");
      if (newline < 0) {
        line.push(text);
        return [];
      }
      const lines = line.join("") + text.slice(0, newline + 1);
      line = newline + 1 < text.length ? [text.slice(newline + 1)] : [];
      return take(lines, false);
    },
    rest() {
      const text = open + line.join("");
      open = "";
      line = [];
      enough = 0;
      return text;
    },
    end() {
      const rest = line.join("");
      line = [];
      return take(rest, true);
    },
  };
}

/** Reads rows of whole lines. How far it came: before the end where a quoted field is not closed. */
function readRows(text: string, delimiter: string, rows: string[][], last: boolean): number {
  let at = 0;
  let separator = -1; // the first delimiter from `at` on, looked for once

  while (at < text.length) {
    const start = at;
    let end = lineEnd(text, at);
    const line = text.slice(at, end);
    if (!line.includes(QUOTE)) {
      rows.push(line === "" ? [] : line.split(delimiter));
      at = end + 1;
      continue;
    }
    const row: string[] = [];
    while (at <= end) {
      let field = "";
      if (text.startsWith(QUOTE, at)) {
        const close = closingQuote(text, at + 1);
        if (close < 0 && !last) return start;
        const to = close < 0 ? text.length : close;
        field = text.slice(at + 1, to).replaceAll('""', QUOTE);
        at = to + 1;
      }
      if (at > end) end = lineEnd(text, at);
      if (separator < at) separator = indexOrEnd(text, delimiter, at);
      const stop = Math.min(separator, end);
      row.push(field + text.slice(at, stop));
      at = separator < end ? stop + delimiter.length : end + 1;
    }
    rows.push(row);
  }
  return text.length;
}

function closingQuote(text: string, from: number): number {
  for (;;) {
    const quote = text.indexOf(QUOTE, from);
    if (quote < 0 || !text.startsWith(QUOTE, quote + 1)) return quote;
    from = quote + 2;
  }
}

const lineEnd = (text: string, at: number): number => indexOrEnd(text, "\n", at);

function indexOrEnd(text: string, part: string, at: number): number {
  const index = text.indexOf(part, at);
  return index < 0 ? text.length : index;
}
