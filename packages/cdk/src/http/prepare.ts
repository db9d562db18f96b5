import { systemError } from "../errors.ts";
import { printPython } from "../json/print.ts";
import { str } from "../json/python-text.ts";
import { truthy } from "../json/truthy.ts";
import { Float, entries, isObject, type Json, type JsonObject } from "../json/value.ts";
import { defaultHeaders } from "./default-headers.ts";
import { dropHeader } from "./headers.ts";
import { encodeForm } from "./query.ts";
import type { HttpRequest } from "./types.ts";
import { buildUrl } from "./url.ts";

/** What a request is made from. At most one of `form` and `json` may hold something. */
export interface RequestParts {
  readonly method: string;
  readonly url: string;
  readonly params?: JsonObject | undefined;
  /** Values go by Python's `str`. */
  readonly headers?: JsonObject | undefined;
  /** An object is sent url-encoded, a text as it is. */
  readonly form?: JsonObject | string | undefined;
  readonly json?: JsonObject | undefined;
}

/** The request that `requests` would prepare of these parts. */
export function prepareRequest({ method, url, params, headers = {}, form, json }: RequestParts): HttpRequest {
  const lines: Record<string, string> = { ...defaultHeaders() };
  for (const [name, value] of entries(headers)) {
    dropHeader(lines, name);
    lines[name] = headerValue(name, str(value));
  }
  const request = { method: method.toUpperCase(), url: buildUrl(url, params), headers: lines };
  const { type, body } = encodeBody(form, json);
  if (body === undefined) return request;
  if (type !== undefined && !Object.keys(lines).some((name) => name.toLowerCase() === "content-type")) {
    lines["Content-Type"] = type;
  }
  return { ...request, body };
}

function encodeBody(
  form: JsonObject | string | undefined,
  json: JsonObject | undefined,
): { type?: string; body?: string } {
  const hasForm = form !== undefined && truthy(form);
  if (json !== undefined && truthy(json)) {
    if (hasForm) {
      throw systemError(
        "A request has both body data and a JSON body. Keep one of request_body_data and request_body_json.",
      );
    }
    if (!isFinite(json))
      throw systemError("A JSON request body holds NaN or an infinite number, which JSON cannot carry.");
    return { type: "application/json", body: printPython(json) };
  }
  if (!hasForm) return {};
  if (typeof form === "string") return { body: form };
  return { type: "application/x-www-form-urlencoded", body: encodeForm(form) };
}

/** Blanks around a value, such as the line break that ends a block of YAML, are no part of it. */
export function headerValue(name: string, text: string): string {
  const value = text.trim();
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw systemError(`The value of request header "${name}" holds a character that a header cannot carry.`);
  }
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    throw systemError(`"${name}" is no name of a request header.`);
  }
  return value;
}

function isFinite(value: Json): boolean {
  if (value instanceof Float) return Number.isFinite(value.value);
  if (Array.isArray(value)) return value.every(isFinite);
  return !isObject(value) || entries(value).every(([, member]) => isFinite(member));
}
