import { afterEach, expect, test, vi } from "vitest";
import { parseJson } from "../../json/parse.ts";
import type { JsonObject } from "../../json/value.ts";
import { answer } from "./answer.ts";

afterEach(() => void vi.unstubAllEnvs());

const manifest: JsonObject = {
  version: "6.0.0",
  check: { type: "CheckStream", stream_names: ["items"] },
  spec: {
    type: "Spec",
    connection_specification: { type: "object", properties: { key: { type: "string", airbyte_secret: true } } },
  },
  streams: [
    {
      type: "DeclarativeStream",
      name: "items",
      retriever: {
        type: "SimpleRetriever",
        requester: { type: "HttpRequester", url: "http://127.0.0.1:9/{{ config['key'] }}" },
        record_selector: {
          type: "RecordSelector",
          extractor: { type: "CustomRecordExtractor", class_name: "source.components.Own" },
        },
      },
    },
  ],
};
const python = "from airbyte_cdk import Extractor\n\nclass Own(Extractor):\n    pass\n";

async function ask(more: JsonObject): Promise<{ status: number; said: string; spent: boolean | undefined }> {
  const body = JSON.stringify({ manifest, config: { key: "a-secret" }, stream_name: "items", ...more });
  const { status, body: text, spent } = await answer({ endpoint: "test_read", body }, new AbortController().signal);
  return { status, said: String((parseJson(text) as JsonObject)["detail"] ?? text), spent };
}

test.each<[string, string, JsonObject, string]>([
  ["code without leave", "false", { custom_components_code: "export const x = 1;" }, "AIRBYTE_ENABLE_UNSAFE_CODE"],
  ["code in Python", "true", { custom_components_code: python }, "Python"],
  ["a class that nothing brings", "true", {}, "Own"],
  ["a state that is none", "false", { state: [5] }, "The state is not valid at /0"],
])("%s is refused with a reason", async (_, leave, more, reason) => {
  vi.stubEnv("AIRBYTE_ENABLE_UNSAFE_CODE", leave);
  const { status, said } = await ask(more);
  expect(status).toBe(400);
  expect(said).toContain(reason);
});

test("a process that ran code of a request is not used again", async () => {
  expect((await ask({ custom_components_code: "export const x = 1;" })).spent).toBe(true);
  expect((await ask({})).spent).toBe(false);
});

test("what fails while reading is told without the secrets of the config", async () => {
  const plain = structuredClone(manifest) as unknown as { streams: { retriever: { record_selector: object } }[] };
  plain.streams[0]!.retriever.record_selector = {
    type: "RecordSelector",
    extractor: { type: "DpathExtractor", field_path: [] },
  };
  const { status, said } = await ask({ manifest: plain as unknown as JsonObject });
  expect(status).toBe(200);
  expect(said).toContain("127.0.0.1:9/****");
  expect(said).not.toContain("a-secret");
});
