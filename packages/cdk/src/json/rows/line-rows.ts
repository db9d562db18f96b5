import { parseJson } from "../parse.ts";
import { assertUtf8, bodyText } from "./body-text.ts";
import { bodyRows } from "./body-rows.ts";
import type { Batch } from "./batch.ts";
import type { RowReader } from "./create-rows.ts";
import { skipMark } from "./find-rows.ts";
import { createPending, cutAtRow } from "./pending.ts";
import { rawRows } from "./raw-rows.ts";
import { createScanner } from "./scanner.ts";
import { valueRows } from "./value-rows.ts";

const NEWLINE = 10;

/** The rows of a body with a value a line. */
export function lineRows(
  fields: readonly string[],
  skipLine: (line: string, fault: SyntaxError) => void = (_, fault) => {
    throw fault;
  },
): RowReader {
  const scanner = createScanner(fields);
  const pending = createPending();
  let ended = false;

  function* push(chunk: Uint8Array): Generator<Batch, void> {
    for (const part of cutAtRow(chunk, pending.left(), "\n")) yield* scan(part);
  }

  function* scan(chunk: Uint8Array): Generator<Batch, void> {
    pending.add(chunk);
    const bytes = pending.take(ended);
    if (bytes === undefined) return;
    let at = pending.used() === 0 ? skipMark(bytes) : 0;
    while (at < bytes.length) {
      scanner.load(bytes); // another reader may have been here since
      const found = scanner.rows(at, { lines: true, single: false, ended });
      if (found.count > 0) {
        assertUtf8(bytes.subarray(at, found.to));
        yield* bodyRows(rawRows(found.places, found.count, scanner.fields));
      }
      at = found.to;
      if (found.fault !== undefined || (found.more && ended)) {
        const lineEnd = bytes.indexOf(NEWLINE, at);
        if (lineEnd < 0 && !ended) break;
        const to = lineEnd < 0 ? bytes.length : lineEnd;
        yield* faultyLine(bodyText(bytes.subarray(at, to)));
        at = to;
      } else if (found.count === 0) break;
    }
    pending.use(at);
  }

  function* faultyLine(line: string): Generator<Batch, void> {
    let row;
    try {
      row = parseJson(line);
    } catch (fault) {
      if (!(fault instanceof SyntaxError)) throw fault;
      skipLine(line, fault);
      return;
    }
    yield* bodyRows(valueRows([row]));
  }

  function* end(): Generator<Batch, undefined> {
    ended = true;
    yield* push(new Uint8Array());
    return undefined;
  }

  return { push, end };
}
