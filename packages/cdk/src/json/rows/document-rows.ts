import { JsonError } from "../json-error.ts";
import { parseJson } from "../parse.ts";
import { isObject, set, type Json } from "../value.ts";
import { EMPTY, type Batch } from "./batch.ts";
import { assertUtf8, bodyText } from "./body-text.ts";
import { bodyRows } from "./body-rows.ts";
import type { RowReader } from "./create-rows.ts";
import { extract, valueAt } from "./extract.ts";
import { findRows, skipMark } from "./find-rows.ts";
import { createPending, cutAtRow } from "./pending.ts";
import { rawRows } from "./raw-rows.ts";
import { createScanner } from "./scanner.ts";
import { valueRows } from "./value-rows.ts";

const HOLE = "\u0001rows"; // stands in the response where the rows were
const WILDCARD = /[*?[]/;

/** The rows at a path of one JSON document. */
export function documentRows(
  path: readonly string[],
  fields: readonly string[],
  extractRows: (body: Json) => readonly Json[] = (body) => extract(body, path),
): RowReader {
  const scanner = createScanner(fields);
  const pending = createPending();
  let state: "start" | "rows" | "after" | "whole" = path.some((name) => WILDCARD.test(name)) ? "whole" : "start";
  let single = false;
  let before = "";
  let ended = false;

  function* push(chunk: Uint8Array): Generator<Batch, void> {
    for (const part of state === "rows" ? cutAtRow(chunk, pending.left(), "},{") : [chunk]) yield* scan(part);
  }

  function* scan(chunk: Uint8Array): Generator<Batch, void> {
    pending.add(chunk);
    if (state === "after" || state === "whole") return;
    const bytes = pending.take(ended);
    if (bytes === undefined) return;
    scanner.load(bytes);
    let at = state === "start" ? start(bytes) : 0;
    while (state === "rows") {
      const found = scanner.rows(at, { lines: false, single, ended });
      if (found.fault !== undefined) {
        throw new SyntaxError(`The body is not JSON at byte ${pending.used() + found.fault}`);
      }
      if (found.count > 0) assertUtf8(bytes.subarray(at, found.to));
      at = found.to;
      if (found.closed) state = "after";
      if (found.count > 0) {
        const rows = rawRows(found.places, found.count, scanner.fields);
        if (path.length === 0 && !single) yield* bodyRows(rows);
        else if (!single || (found.places.seen & EMPTY) === 0) yield rows;
      }
      if (found.more || found.count === 0 || at === bytes.length) break;
      scanner.load(bytes); // another reader may have been here since
    }
    pending.use(at);
  }

  /** Where the first row begins, or 0 while that is not known. */
  function start(bytes: Buffer): number {
    const found = findRows(bytes, path, scanner);
    if (found === "whole" || (found === "more" && ended)) state = "whole";
    if (typeof found === "string") return 0;
    state = "rows";
    single = found.single;
    before = bodyText(bytes.subarray(skipMark(bytes), single ? found.at : found.at - 1));
    return found.at;
  }

  function* end(): Generator<Batch, Json> {
    ended = true;
    yield* push(new Uint8Array());
    const rest = pending.take(true) ?? Buffer.alloc(0);
    if (state === "rows") throw new SyntaxError("The body ends inside its rows");
    if (state === "after") return response(bodyText(rest));
    const body = parseJson(bodyText(rest.subarray(skipMark(rest))));
    const rows = extractRows(body);
    if (rows.length > 0) yield valueRows(rows);
    return body;
  }

  function response(after: string): Json {
    const nothing = single ? {} : [];
    const body = parseRest(`${before}${JSON.stringify(HOLE)}${after}`);
    if (valueAt(body, path) !== HOLE) throw new SyntaxError(`The body has "${path.join(".")}" twice`);
    const last = path.at(-1);
    const parent = valueAt(body, path.slice(0, -1));
    if (last === undefined || !isObject(parent)) return nothing;
    set(parent, last, nothing);
    return body;
  }

  return { push, end };
}

/** A place in this text would be none in the body. */
function parseRest(text: string): Json {
  try {
    return parseJson(text);
  } catch (fault) {
    const problem = fault instanceof JsonError ? fault.problem : "unknown";
    throw new SyntaxError(`The body is not JSON behind its rows: ${problem}`, { cause: fault });
  }
}
