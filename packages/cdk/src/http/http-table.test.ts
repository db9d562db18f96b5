import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseJson } from "../json/parse.ts";
import { printJson } from "../json/print.ts";
import { repr } from "../json/python-text.ts";
import { get, isObject, type Json, type JsonObject } from "../json/value.ts";
import { JsonError } from "../json/json-error.ts";
import { decodeJsonText, decodeText, statedCharset } from "./charset.ts";
import { requoteUrl } from "./percent.ts";
import { prepareRequest } from "./prepare.ts";
import { bypassesProxy, proxyFor } from "./proxy.ts";
import { leavesOrigin } from "./redirects.ts";
import { joinUrl, splitUrl } from "./url-parts.ts";
import { buildUrl, dropRepeated, requestTarget } from "./url.ts";

// The types are those of make-http.py, which made the table by running the reference.
type Row<A, B = Json, C = Json> = readonly [A, B, C];
const table = parseJson(
  readFileSync(new URL("../../../../test/tables/http.json", import.meta.url), "utf8"),
) as unknown as {
  url: readonly Row<string, JsonObject>[];
  form: readonly (readonly [JsonObject, { body: string | null; type: string }])[];
  json: readonly (readonly [JsonObject, { body: string; type: string }])[];
  dedupe: readonly Row<string, JsonObject>[];
  join: readonly Row<string, string, string>[];
  requote: readonly (readonly [string, string])[];
  strip: readonly Row<string, string, boolean>[];
  bypass: readonly Row<string, string, boolean>[];
  answer: readonly Row<string, string | null, { text: string | null; json: string | { error: string } }>[];
};

const attempt = <T>(make: () => T): T | string => {
  try {
    return make();
  } catch {
    return "refused";
  }
};
/** Rows with a title of what goes in. */
const titled = <R extends readonly unknown[]>(rows: readonly R[]): { title: string; row: R }[] =>
  rows.map((row) => ({
    title: row
      .slice(0, -1)
      .map((each) => printJson(each as Json))
      .join(" "),
    row,
  }));
const expected = (value: Json): Json => (isObject(value) && get(value, "error") !== undefined ? "refused" : value);

test.each(titled(table.url))("url of $title", ({ row: [url, params, result] }) => {
  const made = attempt(() => {
    const built = buildUrl(url, params);
    return /^https?:\/\//i.test(built) ? { url: built, target: requestTarget(built) } : { url: built };
  });
  expect(made).toEqual(expected(result));
});

test.each(titled(table.form))("form of $title", ({ row: [form, { body, type }] }) => {
  const request = prepareRequest({ method: "POST", url: "https://h.test/", form });
  expect([request.body ?? null, request.headers["Content-Type"] ?? null]).toEqual([body, type]);
});

test.each(titled(table.json))("json of $title", ({ row: [json, { body, type }] }) => {
  const request = prepareRequest({ method: "POST", url: "https://h.test/", json });
  expect([request.body, request.headers["Content-Type"]]).toEqual([body, type]);
});

test.each(titled(table.dedupe))("dedupe of $title", ({ row: [url, params, left] }) => {
  expect(dropRepeated(url, params)).toEqual(left);
});

test.each(titled(table.join))("join of $title", ({ row: [base, path, url] }) => {
  expect(joinUrl(base, path)).toBe(url);
});

test.each(titled(table.requote))("requote of $title", ({ row: [url, result] }) => {
  expect(requoteUrl(url)).toBe(result);
});

test.each(titled(table.strip))("strip of $title", ({ row: [from, to, stripped] }) => {
  expect(leavesOrigin(from, to)).toBe(stripped);
});

test.each(titled(table.bypass))("bypass of $title", ({ row: [url, noProxy, bypassed] }) => {
  expect(bypassesProxy(splitUrl(url).authority, noProxy)).toBe(bypassed);
  const environment = { http_proxy: "proxy.test:3128", NO_PROXY: noProxy };
  expect(proxyFor(url, environment)).toBe(bypassed ? undefined : "http://proxy.test:3128");
});

test.each(titled(table.answer))("answer of $title", ({ row: [hex, type, { text, json }] }) => {
  const bytes = Buffer.from(hex, "hex");
  // Where no charset is stated, the reference guesses among dozens.
  if (statedCharset(type ?? undefined) !== undefined) expect(decodeText(bytes, type ?? undefined)).toBe(text);
  const value = attempt(() => {
    try {
      return repr(parseJson(decodeJsonText(bytes, type ?? undefined)));
    } catch (error) {
      if (error instanceof JsonError) throw error;
      return "unexpected";
    }
  });
  if (statedCharset(type ?? undefined) !== undefined || (typeof json === "string" && /^[\x20-\x7e]*$/.test(json))) {
    expect(value).toEqual(expected(json));
  }
});
