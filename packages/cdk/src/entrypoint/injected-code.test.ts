import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { JsonObject } from "../json/value.ts";
import { configured, runConnector, type ConnectorRun } from "../testing/run-connector.ts";
import { json, startServer } from "../testing/index.ts";

const CODE = `
export const noUsers: object = {
  kind: "recordFilter", type: "NoUsers", defaults: {}, schema: (_: unknown, z: any) => z.object({}), create: () => () => false,
};`;
const md5 = createHash("md5").update(CODE).digest("hex");
const sha256 = createHash("sha256").update(CODE).digest("hex");
const ALLOWED = { AIRBYTE_ENABLE_UNSAFE_CODE: "True" };

const manifest = (url: string, className = "source_declarative_manifest.components.NoUsers"): JsonObject => ({
  version: "7.0.0",
  type: "DeclarativeSource",
  check: { type: "CheckStream", stream_names: ["users"] },
  streams: [
    {
      type: "DeclarativeStream",
      name: "users",
      schema_loader: { type: "InlineSchemaLoader", schema: { type: "object", properties: {} } },
      retriever: {
        type: "SimpleRetriever",
        requester: { type: "HttpRequester", url: `${url}/users` },
        record_selector: {
          type: "RecordSelector",
          extractor: { type: "DpathExtractor", field_path: [] },
          record_filter:
            className === ""
              ? { type: "RecordFilter", condition: "{{ config | length == 1 }}" }
              : { type: "CustomRecordFilter", class_name: className },
        },
      },
    },
  ],
  spec: {
    type: "Spec",
    connection_specification: { type: "object", additionalProperties: false, properties: { a: {} } },
  },
});

async function read(
  code: JsonObject,
  env: Readonly<Record<string, string>>,
  className?: string,
): Promise<ConnectorRun> {
  await using server = await startServer({ "/users": () => json([{ id: 1 }]) });
  const config = { a: 1, __injected_declarative_manifest: manifest(server.url, className), ...code };
  return await runConnector(undefined, ["read"], { config, env, catalog: configured("users") });
}

test("code that its checksums fit is the connector's own; neither is a part of the config", async () => {
  const sums = { __injected_components_js_checksums: { md5, sha256 } };
  const run = await read({ __injected_components_js: CODE, __injected_components_py: "", ...sums }, ALLOWED);
  expect([run.exitCode, run.statuses("users")]).toEqual([0, ["STARTED", "COMPLETE"]]);
});

test("Python that nothing asks for changes nothing", async () => {
  const python = { __injected_components_py: CODE, __injected_components_py_checksums: { md5 } };
  const run = await read(python, ALLOWED, "");
  expect(run.records("users")).toEqual([{ id: 1 }]);
});

const refused: [what: string, code: JsonObject, env: Record<string, string>, problem: string][] = [
  [
    "no leave",
    { __injected_components_js: CODE },
    {},
    "The code in __injected_components_js of the config may not run: custom code is not allowed in this environment. Set AIRBYTE_ENABLE_UNSAFE_CODE=true",
  ],
  [
    "no leave for Python",
    { __injected_components_py: CODE },
    {},
    "The code in __injected_components_py of the config may not run",
  ],
  [
    "no checksum",
    { __injected_components_js: CODE },
    ALLOWED,
    'needs a checksum: give __injected_components_js_checksums, such as { "sha256": "…" }.',
  ],
  [
    "empty checksums",
    { __injected_components_js: CODE, __injected_components_js_checksums: {} },
    ALLOWED,
    "needs a checksum",
  ],
  [
    "an unknown algorithm",
    { __injected_components_js: CODE, __injected_components_js_checksums: { sha1: "x" } },
    ALLOWED,
    'names the algorithm "sha1", which is not supported: md5 and sha256 are.',
  ],
  [
    "a checksum of other code",
    { __injected_components_js: CODE, __injected_components_js_checksums: { md5, sha256: "x" } },
    ALLOWED,
    `was changed: its sha256 is ${sha256}, and __injected_components_js_checksums says x.`,
  ],
  ["no text", { __injected_components_js: 1 }, ALLOWED, "__injected_components_js of the config must be a text."],
  [
    "a fault in the code",
    {
      __injected_components_js: "export const = 1",
      __injected_components_js_checksums: { md5: "0bca8384b519545b3e68515a513533c5" },
    },
    ALLOWED,
    '__injected_components_js:1:14: Expected identifier but found "="',
  ],
  [
    "Python",
    { __injected_components_py: CODE, __injected_components_py_checksums: { md5 } },
    ALLOWED,
    "written in Python along (__injected_components_py), which cannot run here. Write them in TypeScript, and give them as __injected_components_js, with __injected_components_js_checksums.",
  ],
];
test.each(refused)("%s ends the run before it starts", async (_, code, env, problem) => {
  const run = await read(code, env);
  expect([run.exitCode, run.messages.length]).toEqual([1, 1]);
  expect(run.of("TRACE")[0]!.trace.error?.message).toContain(problem);
});
