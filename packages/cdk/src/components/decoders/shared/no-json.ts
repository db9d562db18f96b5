import type { HttpResponse } from "../../../http/types.ts";
import { JsonError } from "../../../json/json-error.ts";

/** Says that an answer is no JSON, and why; without the answer itself, which may hold anything. */
export function noJson(response: HttpResponse, error: unknown): string {
  const because = error instanceof JsonError ? error.message : "it is not UTF-8";
  return `The answer of ${response.request.method} ${response.url} is no JSON (${because}), so it holds no records.`;
}
