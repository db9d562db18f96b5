import type { Run } from "../../../component.ts";
import { systemError } from "../../../errors.ts";
import type { HttpResponse } from "../../../http/types.ts";
import type { Batch } from "../../../json/rows/batch.ts";
import { parseJson } from "../../../json/parse.ts";
import { createRows } from "../../../json/rows/create-rows.ts";
import { valueRows } from "../../../json/rows/value-rows.ts";
import { isList, type Json } from "../../../json/value.ts";
import type { Decoder } from "../../../roles.ts";
import { noJson, noJsonLine } from "../../shared/no-json.ts";
import type { Hint } from "./hint.ts";
import type { RecordPath } from "./record-path.ts";

export interface Cut {
  readonly path: RecordPath;
  readonly keys: readonly string[];
  readonly fields: readonly string[];
  readonly hint: Hint;
  readonly run: Run;
}

/**
 * Bodies up to this size are seen to be whole before their first row goes on: a broken one is then no answer, as in the
 * reference, and not a part of one.
 */
const HELD = 1 << 20;

/** The rows of a body as untouched bytes, while it arrives; what else is in the body stays with the response. */
export async function* cutRows(response: HttpResponse, decoder: Decoder, cut: Cut): AsyncGenerator<Batch> {
  const { path, run } = cut;
  const lines = decoder.rows === "lines";
  const reader = createRows({
    path: cut.keys,
    fields: cut.fields,
    lines,
    extract: (body) => path.rows(isList(body) ? body : [body]),
    skipLine(line, fault) {
      const warning = noJsonLine(line, fault);
      if (warning !== undefined) run.log("WARN", warning);
    },
  });
  let held: Batch[] | undefined = lines ? undefined : [];
  let chunks: Uint8Array[] = []; // the body as long as rows are held
  let count = 0;
  function* pass<Rest>(batches: Generator<Batch, Rest>): Generator<Batch, Rest> {
    for (let next = batches.next(); ; next = batches.next()) {
      if (next.done === true) return next.value;
      count += next.value.length;
      if (held === undefined) yield next.value;
      else held.push(next.value);
    }
  }

  let body: Json | undefined;
  try {
    let size = 0;
    function* take(chunk: Uint8Array): Generator<Batch> {
      yield* pass(reader.push(chunk));
      if (held === undefined) return;
      chunks.push(chunk);
      size += chunk.length;
      if (size <= HELD) return;
      yield* held;
      held = undefined;
      chunks = [];
    }
    const whole = decoder.unpack === undefined ? response.whole : undefined;
    if (whole !== undefined) yield* take(whole);
    else for await (const chunk of unpacked(decoder, response)) yield* take(chunk);
    body = yield* pass(reader.end());
  } catch (fault) {
    if (!(fault instanceof SyntaxError)) throw fault;
    if (held === undefined) throw brokenOff(response, fault, count);
    body = readWhole(response, Buffer.concat(chunks), run);
    const rows = path.rows(isList(body) ? body : [body]);
    count = rows.length;
    held = count > 0 ? [valueRows(rows)] : [];
  }
  if (held !== undefined) yield* held;
  if (body === undefined) return;
  response.keep?.(body);
  if (count === 0) cut.hint(response, body, path);
}

/** A body that rows cannot be cut out of may still be JSON, e.g. with the path's key twice. */
function readWhole(response: HttpResponse, bytes: Buffer, run: Run): Json {
  try {
    return parseJson(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (fault) {
    run.log("ERROR", noJson(response, fault));
    return {};
  }
}

function unpacked(decoder: Decoder, response: HttpResponse): AsyncIterable<Uint8Array> {
  const bytes = response.stream();
  return decoder.unpack?.(bytes) ?? bytes;
}

const brokenOff = ({ request, url }: HttpResponse, fault: SyntaxError, count: number): Error =>
  systemError(`The answer of ${request.method} ${url} is broken after ${count} records: ${fault.message}.`, {
    cause: fault,
    code: "broken-body",
  });
