import { entries, isObject, type Json } from "../../../json/value.ts";
import type { Place } from "../draft.ts";
import type { Exchange, SentRequest } from "./exchange.ts";

/** What a request asks for: the query, and the plain members of its body. */
export interface SentParameter {
  readonly value: string;
  readonly place: Place;
}

export function parametersOf({ url, body }: SentRequest): Map<string, SentParameter> {
  const sent = new Map<string, SentParameter>();
  for (const [name, value] of url.searchParams) sent.set(name, { value, place: "request_parameter" });
  if (body?.kind === "form") for (const [name, value] of body.value) sent.set(name, { value, place: "body_data" });
  if (body?.kind === "json" && isObject(body.value)) {
    for (const [name, value] of entries(body.value)) {
      if (isPlain(value)) sent.set(name, { value: String(value), place: "body_json" });
    }
  }
  return sent;
}

const isPlain = (value: Json): value is string | number | bigint =>
  ["string", "number", "bigint"].includes(typeof value);

/** Parameters that had one value in all requests which sent them, and were sent with most of them. */
export function steadyParameters(exchanges: readonly Exchange[]): Map<string, SentParameter> {
  const all = exchanges.map(({ request }) => parametersOf(request));
  const steady = new Map<string, SentParameter>();
  for (const [name, first] of all[0] ?? []) {
    const values = all.flatMap((each) => each.get(name)?.value ?? []);
    if (values.length * 2 > all.length && values.every((value) => value === first.value)) steady.set(name, first);
  }
  return steady;
}
