import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { json, startServer } from "../testing/index.ts";
import { configured, messagesOf, runConnector } from "../testing/run-connector.ts";
import { runDeclarative } from "./declarative.ts";

// On a busy machine the language's files take long to load: that is no time of the first test's.
beforeAll(async () => {
  await import("../components/registry.ts");
}, 60_000);

const folder = mkdtempSync(join(tmpdir(), "ferry-declarative-"));
afterAll(() => rmSync(folder, { recursive: true }));
function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const spec = { type: "Spec", connection_specification: { type: "object", properties: { key: { type: "string" } } } };
const manifest = (url: string): object => ({
  version: "6.0.0",
  type: "DeclarativeSource",
  check: { type: "CheckStream", stream_names: ["users"] },
  streams: [
    {
      type: "DeclarativeStream",
      name: "users",
      schema_loader: { type: "InlineSchemaLoader", schema: { type: "object", properties: {} } },
      retriever: {
        type: "SimpleRetriever",
        requester: { type: "HttpRequester", url_base: url, path: "/users", http_method: "GET" },
        record_selector: { type: "RecordSelector", extractor: { type: "DpathExtractor", field_path: [] } },
      },
    },
  ],
  spec,
});
const changed = (change: object): string => JSON.stringify({ ...manifest("http://127.0.0.1:1"), ...change });
const text = (url = "http://127.0.0.1:1"): string => JSON.stringify(manifest(url));

async function runImage(
  argv: readonly string[],
  imageManifest: string,
): Promise<ReturnType<typeof messagesOf> & { exitCode: number }> {
  let stdout = "";
  const target = new Writable({
    write(chunk: Buffer, _, done) {
      stdout += chunk.toString();
      done();
    },
  });
  const around = { program: "source-test", env: {}, stdout: target, stderr: () => undefined };
  const exitCode = await runDeclarative(argv, around, imageManifest);
  return { exitCode, ...messagesOf(stdout) };
}

test("spec without a manifest asks for one in the config", async () => {
  const run = await runConnector(undefined, ["spec"]);
  expect(run.of("SPEC")[0]!.spec.connectionSpecification["required"]).toEqual(["__injected_declarative_manifest"]);
});

test("spec with a manifest is the manifest's", async () => {
  const run = await runConnector(undefined, ["spec"], { manifest: text() });
  expect(run.of("SPEC")[0]!.spec.connectionSpecification).toEqual(spec.connection_specification);
});

// What the reference's exit codes are; where it shows a traceback there is a message here.
const mistaken: readonly (readonly [string, string, RegExp])[] = [
  ["a type that does not exist", text().replace("SimpleRetriever", "SimpleRetriver"), /Did you mean SimpleRetriever\?/],
  ["a field that is missing", changed({ check: undefined }), /lacks the required `check`/],
  ["a field of a wrong type", text().replace('"http_method":"GET"', '"http_method":[1]'), /http_method/],
  ["a top field that does not exist", changed({ colour: 1 }), /colour/],
  ["no version", changed({ version: undefined }), /lacks the required `version`/],
  ["no streams", changed({ streams: undefined }), /lacks the required `streams`/],
  ["a specification that is none", changed({ spec: { type: "Spec", connection_specification: "x" } }), /must be/],
  ["a reference that leads nowhere", changed({ check: "#/definitions/none" }), /leads nowhere/],
];

describe.each(["spec", "check", "discover"])("%s of an invalid manifest fails", (verb) => {
  test.each(mistaken)("%s", async (_, invalid, message) => {
    const run = await runConnector(undefined, [verb], { manifest: invalid, ...(verb !== "spec" && { config: {} }) });
    expect(run.exitCode).toBe(1);
    expect(run.of("SPEC")).toEqual([]);
    expect(run.of("TRACE").map(({ trace }) => trace.error?.message)).toEqual([expect.stringMatching(message)]);
  });
});

test("the image's manifest goes before --manifest-path", async () => {
  const own = file("manifest.yaml", text());
  const run = await runImage(["spec", "--manifest-path", "/nowhere.yaml"], own);
  expect(run.of("SPEC")[0]!.spec.connectionSpecification).toEqual(spec.connection_specification);
});

test("a manifest within the config is read, and no part of the config that the source sees", async () => {
  await using server = await startServer({ "/users": () => json([{ id: 1 }]) });
  const config = { key: "k", __injected_declarative_manifest: manifest(server.url) } as never;
  const run = await runConnector(undefined, ["read"], { config, catalog: configured("users") });
  expect(run.records("users")).toEqual([{ id: 1 }]);
  expect(run.exitCode).toBe(0);
});

const refused: [string, object, string][] = [
  ["no manifest", { config: {} }, "There is no manifest: give its file with --manifest-path"],
  [
    "a manifest that is no object",
    { config: { __injected_declarative_manifest: "x" } },
    "within the config is no object",
  ],
  ["a manifest that is not there", { config: {}, args: ["--manifest-path", "/nowhere.yaml"] }, "there is no such file"],
  ["a manifest that is no YAML", { config: {}, manifest: "a: [" }, "manifest.yaml:1:"],
  ["an empty manifest", { config: {}, manifest: "" }, "is empty"],
  [
    "components without leave",
    { config: {}, manifest: text(), args: ["--components-path", "/x.mjs"] },
    "Set AIRBYTE_ENABLE_UNSAFE_CODE=true",
  ],
  [
    "components that are no module",
    {
      config: {},
      manifest: text(),
      args: ["--components-path", "/dev/null"],
      env: { AIRBYTE_ENABLE_UNSAFE_CODE: "true" },
    },
    "is no module that can be loaded",
  ],
  [
    "components in Python",
    { config: {}, manifest: text(), args: ["--components-path", "/x.py"], env: { AIRBYTE_ENABLE_UNSAFE_CODE: "true" } },
    "written in Python, which cannot run here",
  ],
  [
    "components that are not there",
    {
      config: {},
      manifest: text(),
      args: ["--components-path", "/x.mjs"],
      env: { AIRBYTE_ENABLE_UNSAFE_CODE: "true" },
    },
    "There is no file /x.mjs",
  ],
];
test.each(refused)(
  "%s ends the run before it starts",
  async (_, { args = [], ...inputs }: { args?: string[] }, reason) => {
    const run = await runConnector(undefined, ["check", ...args], inputs);
    expect(run.exitCode).toBe(1);
    const [error] = run.of("TRACE").map(({ trace }) => trace.error);
    expect(error).toMatchObject({ failure_type: "config_error" });
    expect(error?.message).toContain("Error starting the sync");
    expect(error?.message).toContain(reason);
    expect(run.messages).toHaveLength(1);
  },
);

test("components beside the image's manifest are the connector's own", async () => {
  await using server = await startServer({ "/users": () => json([{ id: 1 }]) });
  const custom = JSON.parse(text(server.url)) as { streams: { retriever: { record_selector: object } }[] };
  custom.streams[0]!.retriever.record_selector = {
    type: "RecordSelector",
    extractor: { type: "DpathExtractor", field_path: [] },
    record_filter: { type: "CustomRecordFilter", class_name: "source_declarative_manifest.components.NoUsers" },
  };
  file(
    "components.mjs",
    `export const noUsers = {
      kind: "recordFilter", type: "NoUsers", defaults: {},
      schema: (_, z) => z.looseObject({}),
      create: () => () => false,
    };`,
  );
  const own = file("manifest.yaml", JSON.stringify(custom));
  const run = await runImage(
    [
      "read",
      "--config",
      file("config.json", "{}"),
      "--catalog",
      file("catalog.json", JSON.stringify(configured("users"))),
    ],
    own,
  );
  expect(run.statuses("users")).toEqual(["STARTED", "COMPLETE"]);
  expect(run.records("users")).toEqual([]);
  expect(run.exitCode).toBe(0);
});
