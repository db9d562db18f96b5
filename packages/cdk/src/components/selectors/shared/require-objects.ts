import { systemError } from "../../../errors.ts";
import type { HttpResponse } from "../../../http/types.ts";
import { printJson } from "../../../json/print.ts";
import type { Batch } from "../../../json/rows/batch.ts";
import { isObject, type Json } from "../../../json/value.ts";

/** Throws where a row that goes on is no object: it can be no record. */
export function requireObjects(batch: Batch, stream: string, response: HttpResponse): void {
  if (batch.onlyObjects === true) return;
  for (let i = 0; i < batch.length; i++)
    if (!isObject(batch.value(i))) throw noObject(batch.value(i), stream, response);
}

export function noObject(row: Json, stream: string, { request, url }: HttpResponse): Error {
  const text = printJson(row);
  return systemError(
    `Stream ${stream}: the answer of ${request.method} ${url} holds ${text.length > 60 ? `${text.slice(0, 60)}…` : text} ` +
      `where a record has to be an object. Let the field_path lead to objects, or leave such items out with the ` +
      `record_filter \`{{ record is mapping }}\`.`,
    { stream, code: "record-not-object" },
  );
}
