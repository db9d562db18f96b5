import { headersOf } from "../../../http/headers.ts";
import { createResponse } from "../../../http/response.ts";
import type { HttpResponse } from "../../../http/types.ts";
import { printJson } from "../../../json/print.ts";
import { get } from "../../../json/value.ts";
import type { Slice } from "../../../roles.ts";

/** The slice's first page, which its parent's record brought, as the answer of an API. */
export function givenResponse({ extra }: Slice): HttpResponse | undefined {
  const page = get(extra, "child_response");
  if (page === undefined) return undefined;
  const head = { request: { method: "GET", url: "", headers: {} }, status: 200, url: "", fromCache: true };
  return createResponse({ ...head, headers: headersOf([]) }, Buffer.from(printJson(page)));
}
