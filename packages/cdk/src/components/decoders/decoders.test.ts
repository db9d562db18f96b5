import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { responseHeaders } from "../../http/headers.ts";
import { createResponse } from "../../http/response.ts";
import type { HttpResponse } from "../../http/types.ts";
import { parseJson } from "../../json/parse.ts";
import { printJson } from "../../json/print.ts";
import type { Json, JsonObject } from "../../json/value.ts";
import { buildForTest } from "../shared/build-for-test.ts";
import { csvDecoder } from "./csv-decoder.ts";
import { customDecoder } from "./custom-decoder.ts";
import { gzipDecoder } from "./gzip-decoder.ts";
import { iterableDecoder } from "./iterable-decoder.ts";
import { jsonDecoder } from "./json-decoder.ts";
import { jsonItemsDecoder } from "./json-items-decoder.ts";
import { jsonlDecoder } from "./jsonl-decoder.ts";
import { xmlDecoder } from "./xml-decoder.ts";
import { zipfileDecoder } from "./zipfile-decoder.ts";

const components = [
  csvDecoder,
  customDecoder,
  gzipDecoder,
  iterableDecoder,
  jsonDecoder,
  jsonItemsDecoder,
  jsonlDecoder,
  xmlDecoder,
  zipfileDecoder,
];

type Spec = JsonObject & { type: string };
interface Outcome {
  readonly values: readonly Json[];
  readonly failed: boolean;
}
// The types are those of make-decoders.py, which made the table by running the reference.
const table = parseJson(
  readFileSync(new URL("../../../../../test/tables/decoders.json", import.meta.url), "utf8"),
) as unknown as {
  csv: readonly (readonly [text: string, delimiter: string, nothing: readonly string[], outcome: Outcome])[];
  encodings: readonly (readonly [encoding: string, base64: string, outcome: Outcome])[];
  items: readonly (readonly [path: string, text: string, outcome: Outcome])[];
  lines: readonly (readonly [text: string, outcome: Outcome])[];
  json: readonly (readonly [text: string, outcome: Outcome])[];
  xml: readonly (readonly [text: string, outcome: Outcome])[];
  gzip: readonly (readonly [base64: string, outcome: Outcome])[];
  zip: readonly (readonly [base64: string, outcome: Outcome])[];
};

async function* parts(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function answer(body: Buffer | string, size = 7, contentType = "application/json"): HttpResponse {
  return createResponse(
    {
      request: { method: "GET", url: "http://127.0.0.1/x", headers: {} },
      status: 200,
      url: "http://127.0.0.1/x",
      headers: responseHeaders(["Content-Type", contentType]),
      fromCache: false,
    },
    { chunks: parts(Buffer.from(body), size), discard: () => Promise.resolve() },
  );
}

interface Decoded extends Outcome {
  readonly logs: readonly string[];
  readonly error: unknown;
}

async function decode(spec: Spec, body: Buffer | string, size?: number, contentType?: string): Promise<Decoded> {
  const { component, logs } = buildForTest("decoder", spec, { components });
  const values: Json[] = [];
  try {
    for await (const some of component.decode(answer(body, size, contentType))) values.push(...some);
    return { values, failed: false, logs, error: undefined };
  } catch (error) {
    return { values, failed: true, logs, error };
  }
}

const print = ({ values, failed }: Outcome): string => `${printJson(values)}${failed ? " and an error" : ""}`;
/** What comes before an error depends on how much had arrived. */
const printWhole = (outcome: Outcome): string => (outcome.failed ? "an error" : print(outcome));

describe("as the reference", () => {
  test.each(table.csv)("CSV %j by %j without %j", async (text, delimiter, nothing, expected) => {
    const spec = { type: "CsvDecoder", delimiter, set_values_to_none: nothing };
    expect(print(await decode(spec, text))).toBe(print(expected));
  });

  test.each(table.encodings)("CSV in %s %s", async (encoding, base64, expected) => {
    const found = await decode({ type: "CsvDecoder", encoding }, Buffer.from(base64, "base64"));
    expect(printWhole(found)).toBe(printWhole(expected));
  });

  test.each(table.items)("items at %s of %s", async (items_path, text, expected) => {
    for (const size of [1, 5, 100_000]) {
      const found = await decode({ type: "JsonItemsDecoder", items_path }, text, size);
      expect([size, printWhole(found)]).toEqual([size, printWhole(expected)]);
    }
  });

  test.each(table.lines)("lines of %j", async (text, expected) => {
    for (const size of [1, 100_000])
      expect(print(await decode({ type: "JsonlDecoder" }, text, size))).toBe(print(expected));
  });

  test.each(table.json)("JSON inside gzip: %j", async (text, expected) => {
    const found = await decode({ type: "GzipDecoder", decoder: { type: "JsonDecoder" } }, text);
    expect(print(found)).toBe(print(expected));
  });

  test.each(table.json)("JSON: %j", async (text, expected) => {
    // A body of its own goes on as an empty object where it is nothing, or no JSON.
    const lenient = expected.failed || expected.values.length === 0 ? { values: [{}], failed: false } : expected;
    expect(print(await decode({ type: "JsonDecoder" }, text))).toBe(print(lenient));
  });

  test.each(table.xml)("XML: %s", async (text, expected) => {
    const found = await decode({ type: "XmlDecoder" }, text, 7, "application/xml; charset=utf-8");
    expect(print(found)).toBe(print(expected));
  });

  test.each(table.gzip)("gzip %s", async (base64, expected) => {
    const spec = { type: "GzipDecoder", decoder: { type: "GzipDecoder", decoder: { type: "JsonlDecoder" } } };
    for (const size of [1, 100_000]) {
      expect(printWhole(await decode(spec, Buffer.from(base64, "base64"), size))).toBe(printWhole(expected));
    }
  });

  test.each(table.zip)("zip %s", async (base64, expected) => {
    const spec = { type: "ZipfileDecoder", decoder: { type: "GzipDecoder", decoder: { type: "JsonlDecoder" } } };
    expect(printWhole(await decode(spec, Buffer.from(base64, "base64")))).toBe(printWhole(expected));
  });
});

test("lines of text, however they end", async () => {
  const { values } = await decode({ type: "IterableDecoder" }, "a\n\nb\r\nc\rd\x0be\n", 1);
  expect(values.map((value) => (value as JsonObject)["record"])).toEqual(["a", "", "b", "c", "d\x0be"]);
});

test.each([
  ['{"a":', "Expecting value: line 1 column 6 (char 5)"],
  ["<html>", "Expecting value: line 1 column 1 (char 0)"],
])("an answer %j is no JSON: an empty body and an error in the log", async (body, because) => {
  const { values, logs } = await decode({ type: "JsonDecoder" }, body);
  expect(values).toEqual([{}]);
  expect(logs).toEqual([`ERROR The answer of GET http://127.0.0.1/x is no JSON (${because}), so it holds no records.`]);
});

test("a line that is no JSON is left out with a warning, a blank one without", async () => {
  const { values, logs } = await decode({ type: "JsonlDecoder" }, '{"a":1}\n\n \nx\n{"b":2}');
  expect(values).toEqual([{ a: 1 }, { b: 2 }]);
  expect(logs).toEqual([
    "WARN A line of the answer is no JSON and is left out: Expecting value: line 1 column 1 (char 0).",
  ]);
});

test("an answer that is no XML: an empty body and a warning", async () => {
  const { values, logs } = await decode({ type: "XmlDecoder" }, "<a>", 7, "text/xml");
  expect(values).toEqual([{}]);
  expect(logs[0]).toMatch(
    /^WARN The answer of GET http:\/\/127\.0\.0\.1\/x is no XML \(.+\), so it holds no records\.$/,
  );
});

test.each([
  [{ type: "CsvDecoder", delimiter: "||" }, "a||b", 'delimiter "||" is no single character'],
  [{ type: "CsvDecoder", encoding: "klingon" }, "a", 'There is no encoding named "klingon"'],
  [{ type: "JsonItemsDecoder", items_path: "" }, "{}", "items_path is empty"],
  [{ type: "CustomDecoder", class_name: "source_shop.components.PdfDecoder" }, "", 'type: "PdfDecoder"'],
] as [Spec, string, string][])("%j is a config error", async (spec, body, message) => {
  await expect(decode(spec, body).then(({ error }) => Promise.reject(error as Error))).rejects.toMatchObject({
    failureType: "config_error",
    message: expect.stringContaining(message) as string,
  });
});

test.each([
  [{ type: "GzipDecoder", decoder: { type: "CsvDecoder" } }, Buffer.from("1f8b0800", "hex"), "gzip data is broken"],
  [{ type: "ZipfileDecoder", decoder: { type: "CsvDecoder" } }, Buffer.from("no zip"), "no valid zip archive"],
  [{ type: "CsvDecoder" }, Buffer.from([97, 10, 255, 10]), 'not in the encoding "utf-8": a wrong byte after byte 0'],
  [
    { type: "JsonItemsDecoder", items_path: "a" },
    Buffer.from('{"a":[1,}'),
    "no JSON: a value is missing at character 8",
  ],
] as [Spec, Buffer, string][])("%j says what is wrong with the body", async (spec, body, message) => {
  const { error } = await decode(spec, body, 1000);
  expect(error).toMatchObject({ failureType: "system_error", message: expect.stringContaining(message) as string });
});

test("a stream that is left early lets the connection go", async () => {
  let ended = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Buffer.from('{"a":1}\n'.repeat(1000));
    } finally {
      ended = true;
    }
  }
  for (const spec of [{ type: "JsonlDecoder" }, { type: "GzipDecoder", decoder: { type: "JsonlDecoder" } }]) {
    ended = false;
    const { component } = buildForTest("decoder", spec, { components });
    const response = { ...answer(""), stream: endless };
    for await (const values of component.decode(response)) if (values.length > 0) break;
    expect([spec.type, ended]).toEqual([spec.type, true]);
  }
});
