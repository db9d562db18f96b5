import { expect, test } from "vitest";
import { config, run } from "./run-api.ts";

const url = "https://api.example.com";
const auth = (authentication: unknown): object => config(url, {}, { authentication });
const paged = (pagination: unknown): object => config(url, { pagination });

const table: [object, string[]][] = [
  [
    {},
    [
      '/url_base is missing: it must be a text such as "https://api.example.com/v1"',
      "/endpoints is missing: it must be a list",
    ],
  ],
  [
    { url_base: "api.example.com", endpoints: [] },
    [
      '/url_base is "api.example.com" but must match the pattern ^https?://[^\\s/] such as "https://api.example.com/v1"',
      "/endpoints is [] but must have 1 items or more",
    ],
  ],
  [config(url, { recordspath: ["a"] }), ["/endpoints/0/recordspath is not known: did you mean records_path?"]],
  [config(url, { http_method: "PUT" }), ['/endpoints/0/http_method is "PUT" but must be one of "GET", "POST"']],
  [config(url, { primary_key: "id" }), ['/endpoints/0/primary_key is "id" but must be a list']],
  [config(url, {}, { authentification: {} }), ["/authentification is not known: did you mean authentication?"]],
  [
    auth({ type: "baerer", token: "t0k3n-t0k3n" }),
    [
      '/authentication/type is "baerer" but must be one of "none", "bearer", "api_key", "basic", "oauth2"; did you mean bearer?',
    ],
  ],
  [auth({ type: "bearer" }), ["/authentication/token is missing: it must be a text"]],
  [auth({ type: "bearer", token: 12345678 }), ["/authentication/token is **** but must be a text"]],
  [auth({ type: "bearer", token: "x", key: "y" }), ["/authentication/key is not known: must be one of type, token"]],
  [
    auth({ type: "oauth2", token_url: "/token", client_id: "a" }),
    [
      "/authentication/client_secret is missing: it must be a text",
      '/authentication/token_url is "/token" but must match the pattern ^https?:// such as "https://…"',
    ],
  ],
  [
    paged({ type: "pages" }),
    [
      '/endpoints/0/pagination/type is "pages" but must be one of "none", "page", "offset", "cursor", "next_url", "link_header"; did you mean page?',
    ],
  ],
  [paged({ type: "page", page_size: 0 }), ["/endpoints/0/pagination/page_size is 0 but must be 1 or more"]],
  [
    paged({ type: "cursor" }),
    [
      '/endpoints/0/pagination must have one of cursor_path (the keys in the answer, such as ["meta","next"]) and record_field (a field of the last record, such as "id"), and has neither',
    ],
  ],
  [
    paged({ type: "page", in: "body" }),
    ['/endpoints/0/pagination/in is "body" but must be "query": a GET has no body'],
  ],
  [
    config(url, { body_form: {}, body_json: {} }),
    [
      "/endpoints/0/body_form is given as well as /endpoints/0/body_json: a request has one body, so remove one of them",
      '/endpoints/0/body_json is given, but the method is GET: /endpoints/0/http_method must be "POST"',
    ],
  ],
  [
    config(url, { cursor_param: "since" }),
    [
      '/endpoints/0/cursor_param needs /endpoints/0/cursor_field: it must be a field of the records such as "updated_at"',
    ],
  ],
  [
    config(url, {}, { start_date: "yesterday" }),
    [
      '/start_date is "yesterday" but must match the pattern ^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}Z)?$ such as "2026-01-01T00:00:00Z"',
    ],
  ],
  [
    { url_base: url, endpoints: ["a", "b", "a"].map((name) => ({ name, path: "/" })) },
    ['/endpoints/2/name is "a" as /endpoints/0/name: give each its own name'],
  ],
  [
    config(url, { path: "/{{ confg.a }}", params: { "a/b": "{{ record.id }}" }, headers: { x: "{{ config[ }}" } }),
    [
      '/endpoints/0/path is "/{{ confg.a }}", whose template uses "confg", which is not known here: did you mean config?',
      '/endpoints/0/params/a~1b is "{{ record.id }}", whose template uses "record", which is not known here: it may use config, stream_interval, stream_slice, next_page_token',
      expect.stringMatching(/^\/endpoints\/0\/headers\/x: The template "{{ config\[ }}" is wrong/) as string,
    ],
  ],
];
test.concurrent.each(table)("%j", async (given, problems) => {
  const result = await run("discover", given as Readonly<Record<string, unknown>>);
  const messages = result.of("TRACE").map(({ trace }) => trace.error?.message ?? "");
  const told = messages
    .flatMap((message) => message.split("\n"))
    .map((line) => line.replace("Config validation error: ", ""));
  expect(told).toEqual(problems);
});
