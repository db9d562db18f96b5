import { entries, fromEntries, get, has, isObject, type Json, type JsonObject } from "ferry-cdk";
import { textOf } from "./canonical.ts";

/** What every client and server sends in its own way. */
const HEADERS: ReadonlySet<string> = new Set(
  "user-agent accept accept-encoding connection date server content-length keep-alive transfer-encoding cookie".split(
    " ",
  ),
);
const TIMES: ReadonlySet<string> = new Set(["migrated_at", "lookback_window"]);

/** An answer of a manifest server as make-manifest-server.py keeps it: no times, no wording, no headers of the server's own. */
export function normalAnswer(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => normalAnswer(item as Json));
  if (!isObject(value)) return value;
  if (has(value, "stacktrace")) return { level: value["level"]!, internal: value["internal_message"] !== null };
  const shown: JsonObject = fromEntries(
    entries(value).flatMap(([name, member]) => (TIMES.has(name) ? [] : [[name, normalAnswer(member)] as const])),
  );
  const headers = get(value, "headers");
  if (isObject(headers) && (has(value, "status") || has(value, "http_method"))) {
    const named = entries(headers).map(([name, text]) => [name.toLowerCase(), text] as const);
    shown["headers"] = fromEntries(named.filter(([name]) => !HEADERS.has(name)));
  }
  if (["title", "type", "description", "request"].every((name) => has(value, name))) delete shown["description"];
  if (has(value, "slices") && Array.isArray(shown["logs"])) {
    shown["logs"] = shown["logs"].toSorted((a: Json, b: Json) => (textOf(a) < textOf(b) ? -1 : 1));
  }
  if (has(value, "success")) shown["message"] = value["message"] !== null;
  return shown;
}

const WORDS: ReadonlySet<string> = new Set(["title", "description", "summary", "tags"]);
const MAPS: ReadonlySet<string> = new Set([
  "properties",
  "schemas",
  "paths",
  "responses",
  "content",
  "securitySchemes",
]);

/** Paths, models and limits of an OpenAPI document, without what is written for people. */
export function bareSchemas(value: Json, isMap = false): Json {
  if (Array.isArray(value)) return value.map((item) => bareSchemas(item as Json));
  if (!isObject(value)) return value;
  const kept = entries(value).filter(
    ([name, member]) =>
      isMap || (!WORDS.has(name) && !(name === "properties" && isObject(member) && entries(member).length === 0)),
  );
  return fromEntries(kept.map(([name, member]) => [name, bareSchemas(member, MAPS.has(name))] as const));
}

/** The reference's answer with those texts masked that ours masks too: it knows fewer secrets, e.g. no session's token. */
export function maskedAs(ours: Json, reference: Json): Json {
  if (Array.isArray(ours) && Array.isArray(reference)) {
    return reference.map((item, i) => (i < ours.length ? maskedAs(ours[i] as Json, item as Json) : (item as Json)));
  }
  if (isObject(ours) && isObject(reference)) {
    const member = (name: string, value: Json): Json => (has(ours, name) ? maskedAs(ours[name]!, value) : value);
    return fromEntries(entries(reference).map(([name, value]) => [name, member(name, value)] as const));
  }
  if (typeof ours !== "string" || typeof reference !== "string" || !ours.includes(MASK)) return reference;
  const parts = ours.split(MASK).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`, "s").test(reference) ? ours : reference;
}
const MASK = "****";
