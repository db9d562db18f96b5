import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { component, type StreamScope } from "../../component.ts";
import { responseHeaders } from "../../http/headers.ts";
import { createResponse } from "../../http/response.ts";
import type { HttpResponse } from "../../http/types.ts";
import { parseJson } from "../../json/parse.ts";
import { printJson } from "../../json/print.ts";
import type { Json, JsonObject } from "../../json/value.ts";
import { valueRows } from "../../json/rows/value-rows.ts";
import { custom } from "../custom.ts";
import { csvDecoder } from "../decoders/csv-decoder.ts";
import { gzipDecoder } from "../decoders/gzip-decoder.ts";
import { jsonDecoder } from "../decoders/json-decoder.ts";
import { jsonItemsDecoder } from "../decoders/json-items-decoder.ts";
import { jsonlDecoder } from "../decoders/jsonl-decoder.ts";
import { xmlDecoder } from "../decoders/xml-decoder.ts";
import { buildForTest } from "../shared/build-for-test.ts";
import { combinedExtractor } from "./combined-extractor.ts";
import { customRecordExtractor } from "./custom-record-extractor.ts";
import { dpathExtractor } from "./dpath-extractor.ts";
import { parentFieldPath } from "./parent-field-path.ts";
import { recordExpander } from "./record-expander.ts";
import { responseToFileExtractor } from "./response-to-file-extractor.ts";

/** A retriever of a connector's own: of a record it reads so many items. */
const counting = component({
  kind: "retriever",
  type: "Counting",
  schema: (_, z) => z.object({ class_name: z.string(), count: z.int() }),
  create: ({ count }) => ({
    async *read({ partition }) {
      const { id } = partition["parent_record"] as JsonObject;
      yield valueRows(Array.from({ length: count }, (_, n) => ({ n, of: id! })));
    },
  }),
});

const own = [counting];
const components = [
  custom("retriever", "SimpleRetriever"),
  custom("retriever", "CustomRetriever"),
  combinedExtractor,
  csvDecoder,
  customRecordExtractor,
  dpathExtractor,
  gzipDecoder,
  jsonDecoder,
  jsonItemsDecoder,
  jsonlDecoder,
  parentFieldPath,
  recordExpander,
  responseToFileExtractor,
  xmlDecoder,
];

type Spec = JsonObject & { type: string };
type Outcome = { records: Json[]; dropped: number } | { error: string };
// The types are those of make-extractors.py, which made the table by running the reference.
const table = parseJson(
  readFileSync(new URL("../../../../../test/tables/extractors.json", import.meta.url), "utf8"),
) as unknown as {
  config: JsonObject;
  parameters: JsonObject;
  rows: readonly (readonly [spec: Spec, decoder: string, body: string, outcome: Outcome])[];
  tables: readonly (readonly [spec: Spec, base64: string, outcome: Outcome])[];
};
const { config, parameters } = table;

async function* parts(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function answer(body: Buffer | string, size = 1000): HttpResponse {
  return createResponse(
    {
      request: { method: "GET", url: "http://127.0.0.1/x", headers: {} },
      status: 200,
      url: "http://127.0.0.1/x",
      headers: responseHeaders([]),
      fromCache: false,
    },
    { chunks: parts(Buffer.from(body), size), discard: () => Promise.resolve() },
  );
}

interface Extracted {
  readonly records: Json[];
  readonly texts: string[];
  readonly dropped: number;
  readonly logs: readonly string[];
  readonly response: HttpResponse;
  /** How many batches were still bytes. */
  readonly raw: number;
}

async function extract(spec: Spec, decoder: Spec, response: HttpResponse, raw: boolean): Promise<Extracted> {
  const built = buildForTest("decoder", decoder, { components, own });
  const within: Partial<StreamScope> = { name: "things", decoder: built.component, raw, fields: ["id"] };
  const { component, logs } = buildForTest("extractor", withParameters(spec) as Spec, {
    components,
    own,
    config,
    within,
  });
  const found = { records: [] as Json[], texts: [] as string[], dropped: 0, raw: 0 };
  for await (const batch of component(response, (count) => void (found.dropped += count))) {
    if (batch.places !== undefined) found.raw++;
    for (let i = 0; i < batch.length; i++) {
      found.records.push(batch.value(i));
      found.texts.push(batch.text(i));
    }
  }
  return { ...found, logs: [...built.logs, ...logs], response };
}

/** As the manifest's parameters reach every part of a component. */
function withParameters(value: Json): Json {
  if (Array.isArray(value)) return value.map(withParameters);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value as JsonObject).map(([key, member]) => [key, withParameters(member)] as const);
  return { ...Object.fromEntries(members), ...("type" in value ? { $parameters: parameters } : {}) };
}

const print = (outcome: Outcome): string =>
  "error" in outcome ? "an error" : `${printJson(outcome.records)} and ${outcome.dropped}`;

async function outcome(
  spec: Spec,
  decoder: string,
  body: Buffer | string,
  raw: boolean,
  size?: number,
): Promise<Outcome> {
  try {
    return await extract(spec, { type: decoder }, answer(body, size), raw);
  } catch (error) {
    return { error: String(error) };
  }
}

describe("as the reference", () => {
  test.each(table.rows.map((row) => [printJson(row[0]), row[1], row[2], row] as const))(
    "%s with %s of %s",
    async (_, __, ___, [spec, decoder, body, expected]) => {
      expect(print(await outcome(spec, decoder, body, false))).toBe(print(expected));
      for (const size of [1, 1000]) {
        expect(print(await outcome(spec, decoder, body, true, size))).toBe(print(expected));
      }
    },
  );

  test.each(table.tables)("%j of %s", async (spec, base64, expected) => {
    expect(print(await outcome(spec, "CsvDecoder", Buffer.from(base64, "base64"), false, 3))).toBe(print(expected));
  });
});

const json: Spec = { type: "JsonDecoder" };
const dpath = (...field_path: string[]): Spec => ({ type: "DpathExtractor", field_path });

describe("rows as bytes", () => {
  test("pass untouched, and the rest of the body is the response", async () => {
    const body = '{"next": "p2", "data": [{"id": 1.0, "n": 12345678901234567890}, {"id":2,"gone":null}], "total": 2}';
    const found = await extract(dpath("data"), json, answer(body, 10), true);
    expect(found.texts).toEqual(['{"id":1.0,"n":12345678901234567890}', '{"id":2}']);
    expect(found.raw).toBeGreaterThan(0);
    expect(await found.response.json()).toEqual({ next: "p2", data: [], total: 2 });
  });

  test.each([
    [dpath("data"), json, true, 1],
    [dpath(), { type: "JsonlDecoder" }, true, 1],
    [dpath(), { type: "GzipDecoder", decoder: { type: "JsonlDecoder" } }, true, 1],
    [dpath("data"), json, false, 0],
    [dpath("data", "*"), json, true, 0],
    [dpath("data"), { type: "JsonlDecoder" }, true, 0],
  ] as [Spec, Spec, boolean, number][])("%j of %j, raw: %s", async (spec, decoder, raw, expected) => {
    const body = Buffer.from('{"data":[{"id":1}]}');
    const found = await extract(spec, decoder, answer(decoder.type === "GzipDecoder" ? gzipSync(body) : body), raw);
    expect(found.raw).toBe(expected);
    expect(found.records).toHaveLength(1);
  });

  test("flow while a large body arrives, and a fault in it fails the stream", async () => {
    const row = `{"id":1,"text":"${"x".repeat(1000)}"}`;
    const body = `{"data":[${Array(3000).fill(row).join(",")}`;
    await expect(extract(dpath("data"), json, answer(body, 65536), true)).rejects.toMatchObject({
      failureType: "system_error",
      message: "The answer of GET http://127.0.0.1/x is broken after 3000 records: The body ends inside its rows.",
    });
  });

  test("a small body that is cut off is no answer at all", async () => {
    const found = await extract(dpath("data"), json, answer('{"data":[{"id":1},{"id":2}', 5), true);
    expect(found.records).toEqual([]);
    expect(found.logs).toEqual([
      "ERROR The answer of GET http://127.0.0.1/x is no JSON (Expecting ',' delimiter: line 1 column 27 (char 26)), so it holds no records.",
    ]);
    expect(await found.response.json()).toEqual({});
  });

  test("a line that is no JSON is left out with a warning", async () => {
    const found = await extract(dpath(), { type: "JsonlDecoder" }, answer('{"id":1}\n\nx\n{"id":2}\n'), true);
    expect(found.records).toEqual([{ id: 1 }, { id: 2 }]);
    expect(found.logs).toEqual([
      "WARN A line of the answer is no JSON and is left out: Expecting value: line 1 column 1 (char 0).",
    ]);
  });
});

describe("an answer with nothing at the path", () => {
  const nothing = "the answer of GET http://127.0.0.1/x has nothing at the extractor's field_path";
  test.each([
    [
      '{"result":{"items":[{"id":1}]},"links":[{"rel":"next"}]}',
      ["item"],
      "WARN Stream things: " +
        nothing +
        ' ["item"], so it gives no records. Lists of objects are at ["result","items"], ["links"].',
    ],
    [
      '{"error":"gone","code":7}',
      ["data"],
      "INFO Stream things: " +
        nothing +
        ' ["data"], so it gives no records. It has no list of objects; its keys are error, code.',
    ],
    [
      '{"a":[{"b":[{"c":1}]}]}',
      ["b"],
      "WARN Stream things: " +
        nothing +
        ' ["b"], so it gives no records. Lists of objects are at ["a","*","b"], ["a"].',
    ],
    ['{"data":[]}', ["data"], undefined],
    ['{"data":null}', ["data"], undefined],
    ["{}", ["data"], undefined],
    ["[]", ["data"], undefined],
  ] as [string, string[], string | undefined][])("%s %j", async (body, path, log) => {
    for (const raw of [true, false]) {
      expect((await extract(dpath(...path), json, answer(body), raw)).logs).toEqual(log === undefined ? [] : [log]);
    }
  });
});

describe("lists that are not whole", () => {
  const body =
    '{"data":[{"id":1,"list":{"items":[{"n":9}],"more":true,"total_count":4}},{"id":2,"list":{"items":[{"n":8}],"more":false}}]}';
  const expander = (more: JsonObject): Spec => ({
    ...dpath("data"),
    record_expander: {
      type: "RecordExpander",
      expand_records_from_field: ["list", "items"],
      truncation_indicator_path: ["list", "more"],
      ...more,
    },
  });
  const retriever = (count: number): JsonObject => ({
    truncated_list_retriever: { type: "CustomRetriever", class_name: "x.Counting", count },
  });

  test.each([
    [retriever(4), [{ n: 0, of: 1 }, { n: 1, of: 1 }, { n: 2, of: 1 }, { n: 3, of: 1 }, { n: 8 }], []],
    [retriever(1), [{ n: 0, of: 1 }, { n: 8 }], [/^WARN .*has 4 items as its total_count says, but .* read 1\. Check/]],
    [retriever(0), [{ n: 9 }, { n: 8 }], [/^WARN .* read 0, so the items in the record are used\. Check/]],
    [
      {},
      [{ n: 9 }, { n: 8 }],
      [/^WARN .*is not whole, as \["list","more"\] says: only its 1 items of 4 become records/],
    ],
  ] as [JsonObject, Json[], RegExp[]][])("%j", async (more, records, logs) => {
    const found = await extract(expander(more), json, answer(body), true);
    expect(found.records).toEqual(records);
    expect(found.logs).toEqual(logs.map((log) => expect.stringMatching(log) as string));
  });

  test.each([
    [{ ...retriever(1), truncation_indicator_path: [] }, "no truncation_indicator_path"],
    [{ ...retriever(1), expand_records_from_field: ["list", "*"] }, '`expand_records_from_field` has the part "*"'],
    [
      { truncated_list_retriever: { type: "CustomRetriever", class_name: "x", count: 1, partition_router: {} } },
      "cannot have a `partition_router`",
    ],
  ] as [JsonObject, string][])("%j is a config error", async (more, message) => {
    await expect(extract(expander(more), json, answer(body), true)).rejects.toMatchObject({
      failureType: "config_error",
      message: expect.stringContaining(message) as string,
    });
  });
});

test("a combined extractor needs the whole answer", async () => {
  const spec = { type: "CombinedExtractor", extractors: [dpath("a")] };
  await expect(extract(spec, { type: "JsonlDecoder" }, answer(""), true)).rejects.toThrow(/needs the whole answer/);
});
