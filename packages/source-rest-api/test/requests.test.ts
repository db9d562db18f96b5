import { json } from "ferry-cdk/testing";
import { expect, test } from "vitest";
import { ask } from "./run-api.ts";

const own = { project: "p 1", start_date: "2026-01-02T00:00:00Z", limit: 5 };

const table: [string, Readonly<Record<string, unknown>>, string[]][] = [
  ["the method is GET, the query empty", {}, ["GET /items"]],
  ["a path with a template", { path: "/p/{{ config['project'] }}/items" }, ["GET /p/p%201/items"]],
  ["a path without a slash", { path: "items" }, ["GET /items"]],
  [
    "parameters",
    { params: { since: "{{ config['start_date'] }}", n: "{{ max(config.limit, 6) }}", a: 1, b: true, c: "x y" } },
    ["GET /items?since=2026-01-02T00%3A00%3A00Z&n=6&a=1&b=true&c=x+y"],
  ],
  [
    "parameters that look like literals go out as they are",
    { params: { a: "1e3", b: "None", c: "[1,2]", d: "0x10", e: "007", f: "'q'", g: "True" } },
    ["GET /items?a=1e3&b=None&c=%5B1%2C2%5D&d=0x10&e=007&f=%27q%27&g=True"],
  ],
  ["a parameter that comes to nothing is left out", { params: { a: "{{ config['none'] }}" } }, ["GET /items"]],
  [
    "a JSON body",
    {
      http_method: "POST",
      body_json: {
        project: "{{ config['project'] }}",
        n: "{{ config.limit }}",
        as: ["5", 5, 1.0, null, "None", { t: "x" }],
      },
    },
    ['POST /items {"project": "p 1", "n": 5, "as": ["5", 5, 1, null, "None", {"t": "x"}]}'],
  ],
  [
    "a form",
    { http_method: "POST", body_form: { project: "{{ config['project'] }}", v: "1.10", n: 5 } },
    ["POST /items project=p+1&v=1.10&n=5"],
  ],
  ["a POST without a body", { http_method: "POST" }, ["POST /items"]],
];
test.concurrent.each(table)("request: %s", async (_, endpoint, requests) => {
  const result = await ask(() => json([{ id: 1 }]), endpoint, own);
  expect(result.requests).toEqual(requests);
  expect(result.items).toEqual([{ id: 1 }]);
});

test("headers of all endpoints and of one", async () => {
  const seen: unknown[] = [];
  await ask(
    ({ headers }) => {
      seen.push([headers["x-a"], headers["x-b"], headers["x-c"], headers["user-agent"]]);
      return json([]);
    },
    { headers: { "X-B": "mine {{ config.project }}", "X-C": "1.10" } },
    { ...own, headers: { "X-A": "{{ config['limit'] }}", "X-B": "all", "User-Agent": "us" } },
  );
  expect(seen).toEqual([["5", "mine p 1", "1.10", "us"]]);
});
