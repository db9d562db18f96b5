import type { HttpResponse } from "../../../http/types.ts";
import type { Json } from "../../../json/value.ts";
import type { Decoder } from "../../../roles.ts";

/** What templates see as `response`: the first value of the body, nothing of one that streams. */
export async function responseValue(decoder: Decoder | undefined, response: HttpResponse): Promise<Json> {
  if (decoder === undefined || decoder.streams) return {};
  for await (const [first] of decoder.decode(response)) if (first !== undefined) return first;
  return {};
}
