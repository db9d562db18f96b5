import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { connectorFolder } from "../run/place-for-test.ts";
import { fakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import { authenticationOf } from "./authentication.ts";
import { updateBlocks } from "./blocks.ts";
import { limitsOf } from "./limits.ts";
import { manifestStreams } from "./manifest-streams.ts";
import { markdownTable, plain } from "./markdown.ts";
import type { ConnectorModel, FieldModel, StreamModel } from "./model.ts";
import { relationsOf } from "./relations.ts";
import { schemaFields } from "./schema-fields.ts";
import { sections } from "./sections.ts";
import { writeDocs } from "./write-docs.ts";

const docs = async (target: string, options: Partial<Parameters<typeof writeDocs>[0]>, kind: "terminal" | "pipe") => {
  const terminal = fakeTerminal(kind);
  const code = await writeDocs({ target, check: false, ...options }, terminal);
  return { code, out: terminal.out(), err: terminal.err() };
};

test.each(["terminal", "pipe"] as const)(
  "the page goes to stdout, or what it is made of as JSON (%s)",
  async (kind) => {
    await using folder = await connectorFolder({});
    const { code, out } = await docs(folder.path, {}, kind);
    expect(code).toBe(0);
    for (const text of [
      "- A token, sent as `Authorization: Bearer` (`token`).",
      "| `token` | string, secret | yes      |         | A token of the API. |",
      "| Incremental sync             | 1 of 2 streams |",
      "| `users`  | `id`        |        | cursor     | yes          | no          |               |",
      "| `events` | `id`        | `at`   | none       | yes          | yes         |               |",
      "### events\n\n| Field | Type          | Description |",
      "- Before another try it waits 0.01 s.",
    ]) {
      expect(out).toContain(text);
    }
    const { out: json } = await docs(folder.path, { format: "json" }, kind);
    expect(JSON.parse(json)).toMatchObject({
      streams: [{ name: "users", fields: [{ path: "id" }, {}] }, {}],
      relations: [],
    });
  },
);

test("a source in code is asked for its streams, with a config where it needs one", async () => {
  const path = await mkdtemp(join(tmpdir(), "ferry-docs-"));
  try {
    await writeFile(join(path, "package.json"), '{ "name": "source-shop", "type": "module" }');
    await writeFile(
      join(path, "index.js"),
      `export const source = {
        spec: async () => ({ connectionSpecification: { type: "object", required: ["key"], properties: { key: { type: "string" } } } }),
        check: async () => ({ status: "SUCCEEDED" }),
        discover: async () => ({ streams: [{ name: "a", json_schema: { properties: { id: { type: "integer" } } }, supported_sync_modes: ["full_refresh"], source_defined_primary_key: [["id"]] }] }),
        async *read() {},
      };`,
    );
    const without = await docs(path, {}, "pipe");
    expect([without.code, without.err]).toEqual([
      0,
      expect.stringContaining("not known without --config: Config validation"),
    ]);
    expect(without.out).toContain("# Shop\n");
    expect(without.out).toContain("Which there are depends on the config");
    const asked = await docs(path, { config: '{"key":"k"}' }, "pipe");
    expect(asked.out).toContain("| \`a\`    | \`id\`        |");
    await expect(docs(path, { config: "{}" }, "pipe")).rejects.toThrow("Config validation error");
    const out = join(path, "package.json");
    await expect(docs(path, { out }, "pipe")).rejects.toThrow("package.json, a file: name a folder");
  } finally {
    await rm(path, { recursive: true });
  }
});

test("what people write around the blocks stays; --check tells what is out of date", async () => {
  await using folder = await connectorFolder({});
  const out = await mkdtemp(join(tmpdir(), "ferry-docs-"));
  try {
    const page = join(out, `${folder.path.split("/").at(-1)}.md`);
    const states = async (options = {}) => {
      const { code, out: printed } = await docs(folder.path, { out, format: "json", ...options }, "pipe");
      return [code, ...(JSON.parse(printed) as { files: { state: string }[] }).files.map(({ state }) => state)];
    };
    expect(await states({ check: true })).toEqual([1, "new", "new"]);
    expect(await states()).toEqual([0, "new", "new"]);
    expect(await states({ check: true })).toEqual([0, "same", "same"]);
    const written = await readFile(page, "utf8");
    const mine = written
      .replace("An account of", "A paid account of")
      .replace(/<!-- ferry:begin relations[^]*ferry:end relations -->\n/, "Nothing here.\n");
    await writeFile(page, mine);
    expect(await states({ check: true })).toEqual([0, "same", "same"]);
    const manifest = join(folder.path, "manifest.yaml");
    await writeFile(manifest, (await readFile(manifest, "utf8")).replace("name: users", "name: people"));
    expect(await states({ check: true })).toEqual([1, "changed", "changed"]);
    expect(await readFile(page, "utf8")).toBe(mine);
    expect(await states()).toEqual([0, "changed", "changed"]);
    const updated = await readFile(page, "utf8");
    expect(updated).toContain("A paid account of");
    expect(updated).toContain("Nothing here.");
    expect(updated).toContain("### people");
    expect(updated).not.toContain("erDiagram");
    await writeFile(join(out, "README.md"), "# All mine\n");
    expect(await states({ check: true })).toEqual([0, "foreign", "same"]);
    const told = await docs(folder.path, { out }, "terminal");
    expect(told.out).toContain("README.md: left as it is, for it has no <!-- ferry:begin NAME --> marks\n");
  } finally {
    await rm(out, { recursive: true });
  }
});

test.each([
  ["<!-- ferry:begin a -->\nx\n<!-- ferry:end b -->\n", "the block a ends with the mark of b"],
  ["<!-- ferry:begin a -->\nx\n", "a mark is alone"],
  ["<!-- ferry:begin z -->\n<!-- ferry:end z -->\n", "there is no part z"],
])("%j is no file to update", (text, problem) => {
  expect(() => updateBlocks(text, (name) => (name === "a" ? "new" : undefined), "page.md")).toThrow(
    `page.md: ${problem}`,
  );
});

const field = (path: string, type = "integer"): FieldModel => ({ path, type, isNullable: false, description: "" });
const stream = (name: string, fields: FieldModel[] = [], more: Partial<StreamModel> = {}): StreamModel => ({
  name,
  primaryKey: ["id"],
  cursor: undefined,
  syncModes: ["full_refresh"],
  pagination: undefined,
  parents: [],
  fields: [field("id"), ...fields],
  ...more,
});

test.each<[string, FieldModel[], Partial<StreamModel>, string[]]>([
  ["a field x_id", [field("customer_id")], {}, ["customer_id → customers.id, medium"]],
  ["another spelling", [field("customerId")], {}, ["customerId → customers.id, medium"]],
  ["another type", [field("customer_id", "string")], {}, ["customer_id → customers.id, low"]],
  ["a list", [field("customer_ids", "array of integer")], {}, ["customer_ids → customers.id, medium"]],
  ["an object", [field("customer", "object"), field("customer.id")], {}, ["customer.id → customers.id, medium"]],
  ["one of them", [field("billing_customer_id")], {}, ["billing_customer_id → customers.id, low"]],
  ["itself", [field("parent_id")], {}, ["parent_id → orders.id, low"]],
  ["nothing that is known", [field("tenant_id"), field("valid"), field("a.b.customer_id")], {}, []],
  ["its own key", [field("customer_id")], { primaryKey: ["customer_id"] }, []],
  [
    "a parent, whose key it holds",
    [field("customer_id")],
    { parents: [{ stream: "customers", key: "id", field: "customer_id" }] },
    ["customer_id → customers.id, high"],
  ],
  [
    "a parent alone",
    [],
    { parents: [{ stream: "customers", key: "id", field: "c" }] },
    ["undefined → customers.id, high"],
  ],
])("relations of a stream with %s", (_, fields, more, expected) => {
  const relations = relationsOf([stream("customers"), stream("orders", fields, more)]);
  expect(relations.map((each) => `${each.field} → ${each.to}.${each.toField}, ${each.confidence}`)).toEqual(expected);
});

const model: ConnectorModel = {
  name: "",
  title: "",
  version: undefined,
  documentationUrl: undefined,
  authentication: [],
  options: [],
  streams: [],
  hasMoreStreams: false,
  relations: [],
  limits: [],
  breakingChanges: [],
};

test("relations are a diagram with keys, and a table", () => {
  const streams = [stream("my customers"), stream("orders", [field("my_customer_id")])];
  const text = sections.relations({ ...model, streams, relations: relationsOf(streams) });
  expect(text).toContain(
    'erDiagram\n    "my customers" {\n        integer id PK\n    }\n    "orders" {\n        integer id PK\n' +
      '        integer my_customer_id FK\n    }\n    "my customers" |o..o{ "orders" : "my_customer_id"\n```',
  );
  expect(text).toContain("| `orders` | `my_customer_id` | `my customers.id` | name and type fit |");
});

const withAuthenticator = (authenticator: object) => ({ streams: [{ requester: { authenticator } }] }) as never;
test.each([
  [{ type: "NoAuth" }, "None: the API is open to all."],
  [
    { type: "BearerAuthenticator", api_token: "{{ config['a']['b'] }}" },
    "A token, sent as `Authorization: Bearer` (`a.b`).",
  ],
  [
    {
      type: "ApiKeyAuthenticator",
      api_token: "{{ config.key }}",
      inject_into: { inject_into: "request_parameter", field_name: "k" },
    },
    "An API key, sent as the query parameter `k` (`key`).",
  ],
  [{ type: "ApiKeyAuthenticator", api_token: "x", header: "X-Key" }, "An API key, sent as the header `X-Key`."],
  [
    { type: "BasicHttpAuthenticator", username: "{{ config['u'] }}", password: "{{ config.get('p', '') }}" },
    "User name and password, by HTTP Basic (`u`, `p`).",
  ],
  [
    { type: "OAuthAuthenticator", grant_type: "client_credentials", client_id: "{{ config['id'] }}" },
    "OAuth 2.0: access tokens are given for the client's own credentials (`id`).",
  ],
  [{ type: "SelectiveAuthenticator", authenticators: { a: { type: "NoAuth" } } }, "None: the API is open to all."],
  [{ type: "CustomAuthenticator", class_name: "my.Auth" }, "my.Auth."],
])("the authenticator %j is told", (authenticator, expected) => {
  expect(authenticationOf(withAuthenticator(authenticator))).toEqual([expected]);
});

test("limits are told, each once", () => {
  const error_handler = {
    type: "DefaultErrorHandler",
    max_retries: 3,
    response_filters: [
      { action: "RATE_LIMITED", http_codes: [429] },
      { action: "IGNORE", http_codes: [403, 404] },
    ],
    backoff_strategies: [{ type: "WaitTimeFromHeader", header: "Retry-After" }],
  };
  const rate = (limit: number, interval: string) => ({ limit, interval });
  const api_budget = {
    ratelimit_remaining_header: "left",
    policies: [
      {
        type: "FixedWindowCallRatePolicy",
        period: "PT1M",
        call_limit: 1,
        matchers: [{ method: "GET", url_path_pattern: "/v1" }],
      },
      { type: "MovingWindowCallRatePolicy", rates: [rate(5, "PT1S"), rate(100, "P1DT2H")], matchers: [] },
      { type: "UnlimitedCallRatePolicy", matchers: [] },
    ],
  };
  const manifest = {
    api_budget,
    streams: [{ error_handler }, { error_handler }],
    concurrency_level: { default_concurrency: 4 },
  };
  expect(limitsOf(manifest as never)).toEqual([
    "Requests to `GET /v1`: 1 request in each window of 1 minute.",
    "All requests: at most 5 requests in 1 second and 100 requests in 1 day 2 hours.",
    "All requests: no limit.",
    "What is left is read from the headers `left`.",
    "4 slices are read at once.",
    "Answers with status 429 mean that the rate limit is reached: they are tried again after a wait.",
    "Answers with status 403, 404 are passed over.",
    "Before another try it waits as long as the header `Retry-After` says.",
    "A request is tried again 3 times at most.",
  ]);
});

test("streams are found under conditions and in both forms of a delegating one", () => {
  const inline = { type: "InlineSchemaLoader", schema: { properties: { a: { type: "string" } } } };
  const incremental_stream = { incremental_sync: { cursor_field: "at" } };
  const streams = [
    {
      type: "ConditionalStreams",
      streams: [{ name: "one", primary_key: [["a", "b"]], schema_loader: [inline, inline] }],
    },
    { type: "StateDelegatingStream", name: "two", full_refresh_stream: { primary_key: "id" }, incremental_stream },
    {
      name: "three",
      retriever: {
        partition_router: [
          { parent_stream_configs: [{ stream: { name: "one" }, parent_key: "a", partition_field: "p" }] },
        ],
      },
    },
  ];
  expect(manifestStreams({ streams }, ".")).toMatchObject([
    { name: "one", primaryKey: ["a.b"], fields: [{ path: "a" }], syncModes: ["full_refresh"] },
    { name: "two", primaryKey: ["id"], cursor: "at", syncModes: ["full_refresh", "incremental"] },
    { name: "three", parents: [{ stream: "one", key: "a", field: "p" }] },
  ]);
});

test.each([
  [{ type: "string" }, "string", false],
  [{ type: ["null", "string"], format: "date" }, "string (date)", true],
  [{ type: ["integer", "string"] }, "integer or string", false],
  [{ type: "array", items: { type: "object" } }, "array of object", false],
  [{ anyOf: [{ type: "null" }, { type: "number" }] }, "number", true],
  [{}, "any", false],
])("a field of %j is %s", (schema, type, isNullable) => {
  expect(schemaFields({ properties: { a: schema } })).toEqual([{ path: "a", type, isNullable, description: "" }]);
});

test("nested fields have paths", () => {
  const inner = { type: "object", properties: { b: { type: "string" } } };
  const schema = { properties: { a: inner, list: { type: "array", items: inner } } };
  expect(schemaFields(schema as never).map(({ path }) => path)).toEqual(["a", "a.b", "list", "list[].b"]);
});

test("a cell stays one, and HTML of a description is text", () => {
  expect(markdownTable(["A"], [["x | y\nz"]])).toBe("| A        |\n| -------- |\n| x \\| y z |\n");
  expect(plain('See <a href="https://x.y/">the page</a>, <b>now</b><br/> if <id> is a < b')).toBe(
    "See [the page](https://x.y/), **now**  if &lt;id> is a &lt; b",
  );
});
