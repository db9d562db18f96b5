import { truthy } from "../json/truthy.ts";
import { get, isObject, type Json } from "../json/value.ts";
import type { HttpResponse } from "./types.ts";

/** Where APIs put what went wrong, in order of preference. */
const PLACES = [
  "message",
  "messages",
  "error",
  "errors",
  "failures",
  "failure",
  "detail",
  "err",
  "error_message",
  "msg",
  "reason",
  "status_message",
];

/** What an API says went wrong: found in a JSON body, else the body's text; undefined where it says nothing. */
export async function errorMessageOf(response: HttpResponse): Promise<string | undefined> {
  const body = await response.json();
  if (body !== undefined) return findMessage(body);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await response.bytes());
  } catch {
    return undefined; // no text
  }
}

function findMessage(value: Json): string | undefined {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    const items = value as readonly Json[]; // Array.isArray gives any[]
    return items
      .map(findMessage)
      .filter((message) => message !== undefined)
      .join(", ");
  }
  if (!isObject(value)) return undefined;
  for (const place of PLACES) {
    const member = get(value, place);
    if (member !== undefined && truthy(member)) return findMessage(member);
  }
  return undefined;
}
