import { describe, expect, test } from "vitest";
import { components } from "../../packages/cdk/src/components/registry.ts";
import { buildForTest } from "../../packages/cdk/src/components/shared/build-for-test.ts";
import { emptySlice } from "../../packages/cdk/src/components/shared/empty-slice.ts";
import { get, isObject, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import type {
  Decoder,
  Page,
  PaginationStrategy,
  Paginator,
  RequestOptions,
  Roles,
} from "../../packages/cdk/src/roles.ts";
import { readRows, responseOf, specOf, type Row } from "./read-rows.ts";

const rows = readRows("paginators");

const configOf = ({ component }: Row): JsonObject => {
  const config = get(component, "config");
  return isObject(config) ? config : {};
};

/** The constructor's arguments as a manifest names them: those that only the factory gives are left out. */
function manifestSpec(component: JsonObject): JsonObject & { type: string } {
  const rest = specOf(component);
  for (const name of ["url_base", "extractor"]) delete rest[name];
  const strategy = get(rest, "pagination_strategy");
  if (isObject(strategy)) rest["pagination_strategy"] = manifestSpec({ ...strategy, $type: strategy["type"] ?? "" });
  if (rest.type === "CursorPaginationStrategy") rest.type = "CursorPagination";
  return rest;
}

async function pageOf({ component, args }: Row): Promise<Page> {
  const given = get(args, "last_record");
  const record = isObject(given) ? (get(given, "$record") ?? given) : undefined;
  const last = isObject(record) ? ((get(record, "data") ?? record) as JsonObject) : undefined; // a record is an object
  const size = Number(get(args, "last_page_size") ?? 0);
  return {
    response: responseOf(get(args, "response")),
    slice: emptySlice,
    // Where the row has an extractor, the reference counts what it finds itself; here the page loop has counted.
    extracted: (await countBy(get(component, "extractor"), args)) ?? size,
    selected: size,
    last: last && (() => last),
  };
}

const tokenOf = (args: JsonObject): Json | undefined => get(args, "last_page_token_value") ?? undefined;

const decoderOf = (type: string): Decoder => buildForTest("decoder", { type }, { components }).component;

async function countBy(extractor: Json | undefined, args: JsonObject): Promise<number | undefined> {
  if (!isObject(extractor)) return undefined;
  const within = { decoder: decoderOf("JsonDecoder") };
  const { component: extract } = buildForTest("extractor", specOf(extractor), { components, within });
  let count = 0;
  for await (const { length } of extract(responseOf(get(args, "response")))) count += length;
  return count;
}

function decoderType(component: JsonObject): string {
  const strategy = get(component, "pagination_strategy") ?? component;
  const decoder = isObject(strategy) ? get(strategy, "decoder") : undefined;
  return isObject(decoder) && get(decoder, "$type") === "XmlDecoder" ? "XmlDecoder" : "JsonDecoder";
}

function build<K extends "paginationStrategy" | "paginator">(kind: K, row: Row): Roles[K] {
  const inputs = { components, config: configOf(row), within: { decoder: decoderOf(decoderType(row.component)) } };
  return buildForTest(kind, manifestSpec(row.component), inputs).component;
}
const strategy = (row: Row): PaginationStrategy => build("paginationStrategy", row);
const paginator = (row: Row): Paginator => build("paginator", row);

const next = async (row: Row): Promise<Json> =>
  (await strategy(row).next(await pageOf(row), tokenOf(row.args))) ?? null;

/** The context of a request whose token is `next_page_token`. */
function requestOf({ args }: Row) {
  const given = get(args, "next_page_token");
  return { slice: emptySlice, token: isObject(given) ? get(given, "next_page_token") : undefined };
}
const part =
  (name: keyof RequestOptions) =>
  async (row: Row): Promise<Json> =>
    (paginator(row).inject(requestOf(row))[name] as JsonObject | undefined) ?? {};

const calls: Readonly<Record<string, (row: Row) => Promise<Json>>> = {
  "CursorPaginationStrategy.next_page_token": next,
  "OffsetIncrement.next_page_token": next,
  "PageIncrement.next_page_token": next,
  "DefaultPaginator.next_page_token": async (row) => {
    const token = await paginator(row).next(await pageOf(row), tokenOf(row.args));
    return token === undefined ? null : { next_page_token: token };
  },
  "DefaultPaginator.path": async (row) => paginator(row).path(requestOf(row)) ?? null,
  "DefaultPaginator.get_request_params": part("params"),
  "DefaultPaginator.get_request_headers": part("headers"),
  "DefaultPaginator.get_request_body_data": part("form"),
  "DefaultPaginator.get_request_body_json": part("json"),
};

describe.skipIf(rows.length === 0)("paginators, as the reference's own tests call them", () => {
  test.each(rows.map((row, index) => [index, row.fn, row] as const))("%i %s", async (_, fn, row) => {
    expect(await calls[fn]!(row)).toEqual(row.expected);
  });
});
