import { mkdtemp, rm, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { printJson } from "../../json/print.ts";
import type { Message } from "../../protocol/message.ts";
import type { Observation } from "../../roles/observe.ts";
import { json, status, text } from "../../testing/replies.ts";
import { startServer } from "../../testing/server.ts";
import { openConnector } from "./open-connector.ts";
import { readConfig } from "./read-config.ts";
import { runVerb, type VerbInputs, type VerbOptions } from "./run-verb.ts";

const manifest = `
version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
definitions:
  stream: &stream
    type: DeclarativeStream
    primary_key: [id]
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: integer } } } }
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url_base: "{{ config['url'] }}"
        path: "/users"
        authenticator: { type: BearerAuthenticator, api_token: "{{ config['token'] }}" }
        error_handler:
          type: DefaultErrorHandler
          backoff_strategies: [{ type: ConstantBackoffStrategy, backoff_time_in_seconds: 1 }]
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
      paginator:
        type: DefaultPaginator
        pagination_strategy: { type: CursorPagination, cursor_value: "{{ response['next'] }}" }
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
streams:
  - { <<: *stream, name: users }
  - { <<: *stream, name: others }
spec:
  type: Spec
  connection_specification:
    type: object
    required: [url, token]
    properties: { url: { type: string }, token: { type: string, airbyte_secret: true } }
`;
const code = `
export const source = {
  spec: async () => ({ connectionSpecification: { type: "object" } }),
  check: async () => ({ status: "SUCCEEDED" }),
  discover: async () => ({ streams: [] }),
  read: async function* () {},
};
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ferry-connector-"));
  for (const name of ["low-code", "in-code", "empty"]) await mkdir(join(folder, name));
  await writeFile(join(folder, "low-code/manifest.yaml"), manifest);
  await writeFile(join(folder, "low-code/.env"), "TOKEN=from-dot-env\n");
  await writeFile(join(folder, "low-code/key.txt"), "from-file\n");
  await writeFile(join(folder, "in-code/package.json"), '{ "name": "source-in-code", "type": "module" }');
  await writeFile(join(folder, "in-code/index.js"), code);
  await writeFile(join(folder, "empty/notes.txt"), "");
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ["low-code", "low-code", "manifest.yaml"],
  ["low-code/manifest.yaml", "low-code", "manifest.yaml"],
  ["in-code", "source-in-code", undefined],
  ["in-code/index.js", "source-in-code", undefined],
])("%s is the connector %s", async (target, name, path) => {
  const connector = await openConnector(join(folder, target));
  expect([connector.name, connector.manifestPath?.split("/").at(-1)]).toEqual([name, path]);
  const messages: Message[] = [];
  await runVerb(connector, "spec", {}, { onMessage: (message) => messages.push(message) });
  expect(messages.map(({ type }) => type)).toEqual(["SPEC"]);
});

test.each([
  ["nothing", "There is no"],
  ["empty", "it has neither a manifest.yaml nor the package.json"],
  ["empty/notes.txt", "a manifest's name ends with .yaml"],
])("%s is none", async (target, problem) => {
  await expect(openConnector(join(folder, target))).rejects.toThrow(problem);
});

const config = (text: unknown): ReturnType<typeof readConfig> =>
  readConfig(JSON.stringify(text), { folder: join(folder, "low-code") }, { NAME: "n", EMPTY: "" });

test.each([
  [{ a: "${env:NAME}" }, { a: "n" }],
  [{ a: "${env:EMPTY}" }, { a: "" }],
  [{ a: { b: ["x ${env:NAME} ${env:TOKEN}"] } }, { a: { b: ["x n from-dot-env"] } }],
  [{ a: "${file:key.txt}" }, { a: "from-file" }],
  [
    { a: "$${env:NAME}", b: "${other:NAME}", c: 1 },
    { a: "${env:NAME}", b: "${other:NAME}", c: 1 },
  ],
])("the config %j is read as %j", async (given, expected) => {
  expect((await config(given)).config).toEqual(expected);
});

test("all references that lead nowhere are named with their places", async () => {
  await expect(config({ a: { b: "${env:NOPE}" }, c: ["${file:nope.txt}"] })).rejects.toThrow(
    `/a/b of the config is \${env:NOPE}, but NOPE is set neither in the environment nor in ${folder}/low-code/.env.\n` +
      `/c/0 of the config is \${file:nope.txt}, but ${folder}/low-code/nope.txt cannot be read.`,
  );
});

test("a config on the command line that is no JSON is told with its place", async () => {
  await expect(readConfig('{"a":1', { folder })).rejects.toThrow("--config is not valid JSON: Expecting ',' delimiter");
});

async function run(
  verb: "check" | "discover" | "read",
  inputs: VerbInputs,
  options: Partial<VerbOptions> = {},
): Promise<{ exitCode: number; messages: Message[]; printed: string[] }> {
  const messages: Message[] = [];
  const { exitCode } = await runVerb(await openConnector(join(folder, "low-code")), verb, inputs, {
    onMessage: (message) => messages.push(message),
    ...options,
  });
  return { exitCode, messages, printed: messages.map((message) => printJson(message)) };
}

test("a read without a catalog reads what it discovers, or the streams that are named; pages and retries are told", async () => {
  await using server = await startServer({
    "/users": ({ query }, count) => {
      if (count === 1) return status(503);
      return json(query.has("after") ? { data: [{ id: 3 }] } : { data: [{ id: 1 }, { id: 2 }], next: "x" });
    },
  });
  const seen: Observation[] = [];
  const inputs = { config: { url: server.url, token: "sesame" }, streams: ["others"] };
  const { exitCode, messages } = await run("read", inputs, {
    observe: (event) => seen.push(event),
    sleep: async () => {},
  });
  expect(exitCode).toBe(0);
  expect(messages.flatMap((message) => (message.type === "RECORD" ? [message.record.data] : []))).toEqual([
    { id: 1 },
    { id: 2 },
    { id: 3 },
  ]);
  expect(messages.at(-1)).toMatchObject({ type: "STATE", state: { sourceStats: { recordCount: { value: 3 } } } });
  expect(
    seen.map((event) => {
      switch (event.type) {
        case "slice":
          return "slice";
        case "retry":
          return `retry ${event.seconds} ${event.origin?.stream ?? ""} ${String(event.origin?.token)}`;
        case "page":
          return `page ${event.selected} ${String(event.next)}`;
        case "slice-end":
          return `slice of ${event.records}`;
      }
    }),
  ).toEqual(["slice", "page 2 x", "retry 2 others x", "page 1 undefined", "slice of 3"]);
});

test("a stream that is not there is told with the one that was meant", async () => {
  const { exitCode, printed } = await run("read", { config: { url: "http://x", token: "y" }, streams: ["user"] });
  expect([exitCode, printed.at(-1)]).toEqual([
    1,
    expect.stringContaining('There is no stream \\"user\\". Did you mean \\"users\\"?'),
  ]);
});

test("a failure is a message, without the secret", async () => {
  await using server = await startServer({ "/users": text("no sesame", { status: 401 }) });
  const { exitCode, printed } = await run("check", { config: { url: server.url, token: "sesame" } });
  expect(exitCode).toBe(0);
  expect(printed.join("\n")).toContain("CONNECTION_STATUS");
  expect(printed.join("\n")).not.toContain("sesame");
  const wrong = await run("discover", { config: {} });
  expect([wrong.exitCode, wrong.printed.join("\n")]).toEqual([1, expect.stringContaining("Config validation error")]);
});
