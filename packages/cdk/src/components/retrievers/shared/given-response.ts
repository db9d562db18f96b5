import type { HttpResponse } from "../../../http/types.ts";
import { get } from "../../../json/value.ts";
import type { Slice } from "../../../roles.ts";
import { valueResponse } from "../../shared/value-response.ts";

/** The slice's first page, which its parent's record brought, as the answer of an API. */
export function givenResponse({ extra }: Slice): HttpResponse | undefined {
  const page = get(extra, "child_response");
  return page === undefined ? undefined : valueResponse(page);
}
