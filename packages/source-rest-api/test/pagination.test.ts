import { gzip, json, type ReceivedRequest } from "ferry-cdk/testing";
import { expect, test } from "vitest";
import { ask, numbered } from "./run-api.ts";

const all = numbered(0, 5);
const from = (value: unknown, size = 2): { id: number }[] => all.slice(Number(value), Number(value) + size);
const given = ({ method, query, body, headers }: ReceivedRequest): URLSearchParams =>
  method === "GET"
    ? query
    : headers["content-type"] === "application/json"
      ? new URLSearchParams(Object.entries(JSON.parse(body.toString()) as Record<string, string>))
      : new URLSearchParams(body.toString());

/** Answers with two of five records a page, whichever way it is asked. */
function pages(request: ReceivedRequest): ReturnType<typeof json> {
  const params = given(request);
  const page = params.get("page") ?? params.get("p");
  const last = params.get("starting_after");
  const skipped = params.get("offset") ?? params.get("after") ?? (last === null ? 0 : Number(last) + 1);
  const at = page === null ? Number(skipped) : (Number(page) - 1) * 2;
  const next = at + 2 < all.length ? at + 2 : undefined;
  const url = `/items?after=${next}`;
  return json(
    { data: from(at), meta: { next, more: next !== undefined }, next_url: next === undefined ? null : url },
    next === undefined ? {} : { headers: { link: `<${url}>; rel="next", </items>; rel="first"` } },
  );
}

const table: [string, object, object, string[]][] = [
  ["none", { type: "none" }, {}, ["GET /items"]],
  ["page", { type: "page", page_size: 2 }, {}, [1, 2, 3].map((page) => `GET /items?page=${page}&per_page=2`)],
  ["page without a size", { type: "page" }, {}, [1, 2, 3, 4].map((page) => `GET /items?page=${page}`)],
  [
    "page with other names",
    { type: "page", page_param: "p", size_param: "s", page_size: 2, start: 2 },
    {},
    ["GET /items?p=2&s=2", "GET /items?p=3&s=2"],
  ],
  [
    "page in a JSON body",
    { type: "page", page_size: 2, in: "body" },
    { http_method: "POST", body_json: { q: "all" } },
    [1, 2, 3].map((page) => `POST /items {"q": "all", "page": ${page}, "per_page": 2}`),
  ],
  [
    "page in a form",
    { type: "page", page_size: 2, in: "body" },
    { http_method: "POST", body_form: { q: "all" } },
    [1, 2, 3].map((page) => `POST /items q=all&page=${page}&per_page=2`),
  ],
  ["offset", { type: "offset", page_size: 2 }, {}, [0, 2, 4].map((at) => `GET /items?offset=${at}&limit=2`)],
  ["offset without a size", { type: "offset" }, {}, [0, 2, 4, 5].map((at) => `GET /items?offset=${at}`)],
  [
    "cursor",
    { type: "cursor", cursor_path: ["meta", "next"], cursor_param: "after", page_size: 2 },
    {},
    ["GET /items?limit=2", "GET /items?after=2&limit=2", "GET /items?after=4&limit=2"],
  ],
  [
    "cursor of the last record",
    { type: "cursor", record_field: "id", has_more_path: ["meta", "more"], cursor_param: "starting_after" },
    {},
    ["GET /items", "GET /items?starting_after=1", "GET /items?starting_after=3"],
  ],
  [
    "next_url",
    { type: "next_url", url_path: ["next_url"] },
    {},
    ["GET /items", "GET /items?after=2", "GET /items?after=4"],
  ],
  ["link_header", { type: "link_header" }, {}, ["GET /items", "GET /items?after=2", "GET /items?after=4"]],
];
test.concurrent.each(table)("pagination: %s", async (_, pagination, endpoint, requests) => {
  const result = await ask(pages, { pagination, ...endpoint });
  expect(result.requests).toEqual(requests);
  expect(result.items).toEqual(
    requests.length === 1 ? all.slice(0, 2) : requests[0]!.includes("p=2") ? all.slice(2) : all,
  );
  expect(result.exitCode).toBe(0);
});

test("thousands of records, compressed, with the path named or found", async () => {
  const many = numbered(0, 5000).map((record) => ({ ...record, name: `Number ${record.id}`, ratio: record.id / 4 }));
  for (const endpoint of [{}, { records_path: ["data"] }]) {
    const { items, requests, logs } = await ask(
      ({ query }) => gzip(json({ data: many.slice(Number(query.get("offset")), Number(query.get("offset")) + 1000) })),
      { pagination: { type: "offset", page_size: 1000 }, ...endpoint },
    );
    expect(items).toEqual(many);
    expect(requests).toHaveLength(6);
    expect(logs().some((log) => log.includes('the records are at ["data"]'))).toBe(endpoint.records_path === undefined);
  }
});
