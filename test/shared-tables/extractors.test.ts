import { describe, expect, test } from "vitest";
import { components } from "../../packages/cdk/src/components/registry.ts";
import { buildForTest } from "../../packages/cdk/src/components/shared/build-for-test.ts";
import { requestContext } from "../../packages/cdk/src/components/shared/slice-context.ts";
import { printJson } from "../../packages/cdk/src/json/print.ts";
import { str } from "../../packages/cdk/src/json/python-text.ts";
import { get, isObject, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import { readRows, responseOf, specOf, type Row } from "./read-rows.ts";

const rows = readRows("extractors");
const extractions = rows.filter(({ fn }) => fn === "DpathExtractor.extract_records");
const filters = rows.filter(({ fn }) => fn === "RecordFilter.filter_records");

describe.skipIf(rows.length === 0)("extractors and filters, as the reference's own tests call them", () => {
  test.each(extractions.map((row, index) => [index, row] as const))("extraction %i", async (_, row) => {
    for (const raw of [true, false]) expect(await extract(row, raw)).toBe(printJson(row.expected));
  });

  test.each(filters.map((row, index) => [index, row] as const))("filter %i", (_, { component, args, expected }) => {
    const { component: filter } = buildForTest("recordFilter", specOf(component), {
      components,
      config: configOf(component),
    });
    const slice = (get(args, "stream_slice") as { $slice: Record<string, JsonObject> }).$slice;
    const { partition = {}, cursor_slice = {}, extra_fields = {} } = slice;
    const context = {
      ...requestContext({ slice: { partition, interval: cursor_slice, extra: extra_fields }, token: undefined }),
      next_page_token: get(args, "next_page_token") ?? null,
    };
    const records = get(args, "records") as readonly Json[];
    expect(records.filter((record) => filter(record, { ...context, record }))).toEqual(expected);
  });

  test("no row is left out", () => {
    expect(extractions.length + filters.length).toBe(rows.length);
  });
});

function configOf(component: JsonObject): JsonObject {
  const config = get(component, "config");
  return isObject(config) ? config : {};
}

async function extract({ component, args }: Row, raw: boolean): Promise<string> {
  const given = get(component, "decoder");
  const type = isObject(given) ? get(given, "$type") : "JsonDecoder";
  const decoder = { type: type === "CompositeRawDecoder" ? "JsonlDecoder" : str(type ?? "") };
  const config = configOf(component);
  const within = { raw, decoder: buildForTest("decoder", decoder, { components }).component };
  const { component: extractor } = buildForTest("extractor", specOf(component), { components, config, within });
  const records: Json[] = [];
  for await (const batch of extractor(responseOf(get(args, "response")))) {
    for (let i = 0; i < batch.length; i++) records.push(batch.value(i));
  }
  return printJson(records);
}
