import { headersOf } from "../../http/headers.ts";
import { createResponse } from "../../http/response.ts";
import type { HttpResponse } from "../../http/types.ts";
import { printJson } from "../../json/print.ts";
import type { Json } from "../../json/value.ts";

/** A value as the answer of an API that was never asked, for an extractor to look into. */
export function valueResponse(value: Json): HttpResponse {
  const request = { method: "GET", url: "", headers: {} };
  const head = { request, status: 200, url: "", headers: headersOf([]), fromCache: true };
  return createResponse(head, Buffer.from(printJson(value)));
}
