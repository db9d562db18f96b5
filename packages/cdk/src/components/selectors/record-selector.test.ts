import { describe, expect, test } from "vitest";
import type { StreamScope } from "../../component.ts";
import { responseHeaders } from "../../http/headers.ts";
import { createResponse } from "../../http/response.ts";
import type { HttpResponse } from "../../http/types.ts";
import type { Json, JsonObject } from "../../json/value.ts";
import type { PageCount, RequestContext } from "../../roles.ts";
import { finalCursor } from "../cursors/shared/final.ts";
import { components } from "../registry.ts";
import { buildForTest } from "../shared/build-for-test.ts";

function answer(body: string): HttpResponse {
  const request = { method: "GET", url: "http://127.0.0.1/x", headers: {} };
  const headers = responseHeaders([]);
  return createResponse({ request, status: 200, url: request.url, headers, fromCache: false }, Buffer.from(body));
}

interface Inputs {
  readonly filter?: string;
  readonly transformations?: readonly (JsonObject & { type: string })[];
  readonly normalization?: string;
  readonly transformFirst?: boolean;
  readonly extractor?: JsonObject;
  readonly decoder?: string;
  readonly schema?: JsonObject;
  readonly within?: Partial<StreamScope>;
  readonly context?: Partial<RequestContext>;
}

interface Selected {
  readonly texts: string[];
  readonly page: PageCount;
  readonly raw: number;
  readonly logs: readonly string[];
  readonly files: readonly (JsonObject | undefined)[];
}

async function select(body: string | HttpResponse, inputs: Inputs = {}, texts: string[] = []): Promise<Selected> {
  const config = { least: 2 };
  const { component: decoder } = buildForTest("decoder", { type: inputs.decoder ?? "JsonDecoder" }, { components });
  const transformations = (inputs.transformations ?? []).map(
    (spec) => buildForTest("transformation", spec, { components, config }).component,
  );
  const { component, logs } = buildForTest(
    "recordSelector",
    {
      type: "RecordSelector",
      extractor: inputs.extractor ?? { type: "DpathExtractor", field_path: ["data"] },
      ...(inputs.filter === undefined ? {} : { record_filter: { type: "RecordFilter", condition: inputs.filter } }),
      ...(inputs.normalization === undefined ? {} : { schema_normalization: inputs.normalization }),
      ...(inputs.transformFirst === undefined ? {} : { transform_before_filtering: inputs.transformFirst }),
    },
    {
      components,
      config,
      within: {
        name: "things",
        raw: true,
        decoder,
        transformations,
        schema: inputs.schema && (() => Promise.resolve(inputs.schema!)),
        ...inputs.within,
      },
    },
  );
  const slice = { partition: { parent: "p" }, interval: { start: 2 }, extra: { seen: 2 } };
  const page: PageCount = { extracted: 0, selected: 0, last: undefined };
  const found = { texts, raw: 0, files: [] as (JsonObject | undefined)[] };
  const response = typeof body === "string" ? answer(body) : body;
  for await (const batch of component.select(response, { slice, token: 2, ...inputs.context }, page)) {
    if (batch.places !== undefined) found.raw++;
    for (let i = 0; i < batch.length; i++) {
      found.texts.push(batch.text(i));
      found.files.push(batch.fileReference?.(i));
    }
  }
  return { ...found, page, logs };
}

const add = (path: string, value: string): JsonObject & { type: string } => ({
  type: "AddFields",
  fields: [{ type: "AddedFieldDefinition", path: [path], value }],
});
const remove = (...pointer: string[]): JsonObject & { type: string } => ({
  type: "RemoveFields",
  field_pointers: [pointer],
});
const BODY = '{"data":[{"id":1,"n":1.0},{"id":2,"n":null},{"id":3,"n":"x"}]}';

describe("what is selected", () => {
  test.each([
    [{}, ['{"id":1,"n":1.0}', '{"id":2}', '{"id":3,"n":"x"}'], "nothing looks at the rows"],
    [{ filter: "{{ record.id >= config.least }}" }, ['{"id":2}', '{"id":3,"n":"x"}'], "config"],
    [{ filter: "{{ record.id >= stream_slice.start }}" }, ['{"id":2}', '{"id":3,"n":"x"}'], "the slice's interval"],
    [{ filter: "{{ record.id == stream_slice.extra_fields.seen }}" }, ['{"id":2}'], "the slice's extra fields"],
    [{ filter: "{{ record.id > next_page_token['next_page_token'] }}" }, ['{"id":3,"n":"x"}'], "the token"],
    [{ filter: "{{ record.id > 9 }}" }, [], "none"],
    [{ filter: "" }, [], "an empty condition holds for nothing"],
    [
      { transformations: [add("p", "{{ stream_partition.parent }}")] },
      ['{"id":1,"n":1.0,"p":"p"}', '{"id":2,"p":"p"}', '{"id":3,"n":"x","p":"p"}'],
      "",
    ],
    [
      { transformations: [remove("n"), add("m", "{{ record.n }}")] },
      ['{"id":1,"m":""}', '{"id":2,"m":""}', '{"id":3,"m":""}'],
      "each sees what is left",
    ],
    [{ transformations: [add("id", "9")], filter: "{{ record.id == 2 }}" }, ['{"id":9}'], "the filter comes first"],
    [{ transformations: [add("id", "9")], filter: "{{ record.id == 2 }}", transformFirst: true }, [], "or last"],
    [
      {
        normalization: "Default",
        schema: { properties: { id: { type: "string" }, n: { type: ["null", "integer"] } } },
      },
      ['{"id":"1","n":1}', '{"id":"2"}', '{"id":"3","n":"x"}'],
      "",
    ],
    [
      { normalization: "None", schema: { properties: { id: { type: "string" } } } },
      ['{"id":1,"n":1.0}', '{"id":2}', '{"id":3,"n":"x"}'],
      "",
    ],
    [
      { normalization: "Default", schema: {} },
      ['{"id":1,"n":1.0}', '{"id":2}', '{"id":3,"n":"x"}'],
      "no schema, no casts",
    ],
    [
      { normalization: "Default", filter: "{{ record.id == 3 }}", schema: { properties: { id: { type: "string" } } } },
      ['{"id":"3","n":"x"}'],
      "casts come last",
    ],
  ] as [Inputs, string[], string][])("%j %j %s", async (inputs, texts) => {
    const found = await select(BODY, inputs);
    expect(found.texts).toEqual(texts);
    expect(found.page.extracted).toBe(3);
    expect(found.page.selected).toBe(texts.length);
    const again = await select(BODY, { ...inputs, within: { raw: false } });
    expect(again.texts).toEqual(texts);
  });
});

test.each([
  [{}, 1],
  [{ filter: "{{ true }}" }, 1],
  [{ normalization: "Default", schema: {} }, 1],
  [{ filter: "{{ record.id > 1 }}" }, 0],
  [{ transformations: [remove("x")] }, 0],
] as [Inputs, number][])("%j: rows are bytes in %i batches", async (inputs, raw) => {
  expect((await select(BODY, inputs)).raw).toBe(raw);
});

test("the last record is the last that was selected, as it left the transformations", async () => {
  const inputs = { filter: "{{ record.id < 3 }}", transformations: [add("m", "{{ record.id }}")] };
  expect((await select(BODY, inputs)).page.last?.()).toEqual({ id: 2, n: null, m: 2 });
  expect((await select(BODY)).page.last?.()).toEqual({ id: 3, n: "x" });
  expect((await select('{"data":[]}')).page.last).toBeUndefined();
});

describe("where the cursor filters", () => {
  const cursor = { ...finalCursor(undefined), includes: (record: JsonObject) => (record["id"] as number) >= 2 };
  const clientSide = { cursor, clientSideIncremental: true };
  test.each([
    [{ within: clientSide }, ["2", "3"]],
    [{ within: clientSide, filter: "" }, ["2", "3"]],
    [{ within: clientSide, filter: "{{ record.id < 3 }}" }, ["2"]],
    [{ within: { cursor } }, ["1", "2", "3"]],
    [{ within: { ...clientSide, dataFeed: true } }, ["1", "2", "3"]],
    [{ within: clientSide, transformations: [add("id", "{{ record.id + 1 }}")] }, ["2", "3", "4"]],
    [{ within: clientSide, transformations: [add("id", "{{ record.id + 1 }}")], transformFirst: false }, ["3", "4"]],
    [
      { within: { ...clientSide, dataFeed: true }, transformations: [add("id", "7")], filter: "{{ record.id == 7 }}" },
      ["7", "7", "7"],
    ],
  ] as [Inputs, string[]][])("%j", async (inputs, ids) => {
    expect((await select(BODY, inputs)).texts.map((text) => /"id":(\d+)/.exec(text)?.[1])).toEqual(ids);
  });
});

describe("items that are no objects", () => {
  test.each([
    ["null", {}],
    ["[[1]]", { transformations: [add("a", "1")] }],
    ['"text"', { filter: "{{ true }}" }],
    ["5", { within: { raw: false } }],
  ] as [string, Inputs][])("%s with %j", async (item, inputs) => {
    await expect(select(`{"data":[{"id":1},${item}]}`, inputs)).rejects.toMatchObject({
      failureType: "system_error",
      message:
        `Stream things: the answer of GET http://127.0.0.1/x holds ${item} where a record has to be an object. Let the ` +
        `field_path lead to objects, or leave such items out with the record_filter \`{{ record is mapping }}\`.`,
    });
  });

  test("may be filtered out", async () => {
    const { texts, page } = await select('{"data":[{"id":1},null,3]}', { filter: "{{ record is mapping }}" });
    expect([texts, page.extracted, page.selected]).toEqual([['{"id":1}'], 3, 1]);
  });

  test.each([
    ["[[1,2],[null,3]]", '{"1":2,"null":3}'],
    ['[{"kind":1,"id":2},["a",{"b":1}],"xy"]', '{"kind":"id","a":{"b":1},"x":"y"}'],
    ["[[1.0,true]]", '{"1.0":true}'],
    ["[]", "{}"],
  ])("a list of pairs is a record to the reference: %s", async (item, text) => {
    for (const inputs of [{}, { filter: "{{ true }}" }]) {
      expect((await select(`{"data":[${item}]}`, inputs)).texts).toEqual([text]);
    }
  });

  test("an empty object is a record", async () => {
    expect((await select('{"data":[{},{"id":1}]}')).texts).toEqual(["{}", '{"id":1}']);
  });
});

test.each([
  [{}, '{"data":[{"id":1},{"id":2},7,{"id":3}]}'],
  [{ filter: "{{ record.id != 1 }}" }, '{"data":[{"id":1},{"id":2},{"id":3},7]}'],
  [
    { transformations: [add("x", "{{ record.l[0].y }}")] },
    '{"data":[{"id":1,"l":[{}]},{"id":2,"l":[{}]},{"id":3,"l":null}]}',
  ],
] as [Inputs, string][])("rows before a fault go on: %j", async (inputs, body) => {
  const seen: string[] = [];
  await expect(select(body, inputs, seen)).rejects.toThrow();
  expect(seen).toHaveLength(2);
});

test("transformations leave the response as it was, for the next page's token", async () => {
  const response = answer(BODY);
  await select(response, { transformations: [remove("id")], within: { raw: false } });
  expect(((await response.json()) as { data: Json[] }).data[2]).toEqual({ id: 3, n: "x" });
});

test("empty records that an extractor leaves out count towards the page", async () => {
  const { texts, page } = await select('{"data":[null,{"id":1},{}]}', {
    extractor: {
      type: "CombinedExtractor",
      skip_empty_records: true,
      extractors: [{ type: "DpathExtractor", field_path: ["data"] }],
    },
  });
  expect([texts, page.extracted, page.selected]).toEqual([['{"id":1}'], 3, 1]);
});

test("a value that cannot be cast is said once a field", async () => {
  const { logs } = await select('{"data":[{"n":"x"},{"n":"y"}]}', {
    normalization: "Default",
    schema: { properties: { n: { type: "integer" } } },
  });
  expect(logs).toEqual([
    'WARN Stream things: field n is "x" in a record, which cannot be cast to integer as the schema wants; it stays as it is. This is said once a field.',
  ]);
});

test("files belong to their records", async () => {
  const fileUploader = (
    record: JsonObject,
  ): Promise<{ stagingFileUrl: string; sourceFileRelativePath: string; fileSizeBytes: number } | undefined> => {
    const id = record["id"] as number;
    record["file"] = true;
    return Promise.resolve(
      id === 2 ? undefined : { stagingFileUrl: `/staging/${id}`, sourceFileRelativePath: `${id}`, fileSizeBytes: 5 },
    );
  };
  const found = await select('{"data":[{"id":1},{"id":2}]}', { within: { fileUploader } });
  expect(found.texts).toEqual(['{"id":1,"file":true}', '{"id":2,"file":true}']);
  expect(found.files).toEqual([
    { staging_file_url: "/staging/1", source_file_relative_path: "1", file_size_bytes: 5 },
    undefined,
  ]);
});

test.each([
  [{ record_filter: { type: "CustomRecordFilter", class_name: "x.MyFilter" } }, "x.MyFilter"],
  [{ schema_normalization: { type: "CustomSchemaNormalization", class_name: "x.MyCasts" } }, "x.MyCasts"],
])("%j is a config error", (spec, name) => {
  const extractor = { type: "DpathExtractor", field_path: [] };
  expect(() => buildForTest("recordSelector", { type: "RecordSelector", extractor, ...spec }, { components })).toThrow(
    `which the manifest names as ${name}. components.ts, where it belongs, is not there`,
  );
});
