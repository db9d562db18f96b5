import type { HttpResponse } from "../../http/types.ts";
import type { Json } from "../../json/value.ts";
import type { Extractor } from "../../roles.ts";

/** What an extractor finds in an answer, one by one: a status, or the places of files. */
export async function* extractedValues(extract: Extractor, response: HttpResponse): AsyncGenerator<Json> {
  for await (const batch of extract(response)) {
    for (let i = 0; i < batch.length; i++) yield batch.value(i);
  }
}

/** The first of them, undefined where there is none. */
export async function extractedValue(extract: Extractor, response: HttpResponse): Promise<Json | undefined> {
  for await (const value of extractedValues(extract, response)) return value;
  return undefined;
}
