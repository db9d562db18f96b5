import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseJson } from "../../json/parse.ts";
import type { Json, JsonObject } from "../../json/value.ts";
import type { FileReference } from "../../roles.ts";
import { configured, cut, json, runConnector, startServer, text, type TestServer } from "../../testing/index.ts";
import { components } from "../registry.ts";
import { buildForTest } from "../shared/build-for-test.ts";
import { emptySlice } from "../shared/empty-slice.ts";

/** What the reference did with a record; see make-files.py. */
interface Row extends JsonObject {
  spec: JsonObject & { type: string };
  stream: string;
  record: JsonObject;
  path: string;
  size: number;
  asked: string[];
  error: string;
}
const table = parseJson(readFileSync("test/tables/files.json", "utf8")) as { rows: Row[] } & JsonObject; // its script's shape

let folder: string;
let server: TestServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ferry-files-"));
  vi.stubEnv("AIRBYTE_STAGING_DIRECTORY", folder);
  server = await startServer(() => text("content"));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
  await server.close();
});

const hosted = (value: Json): Json =>
  parseJson(JSON.stringify(value).replaceAll("http://mock.test", server.url.replace(/\/$/, "")));

async function upload(spec: JsonObject, record: JsonObject, stream = "files"): Promise<FileReference | undefined> {
  const whole = { type: "FileUploader", ...(hosted(spec) as JsonObject) };
  const { component } = buildForTest("fileUploader", whole, {
    components,
    config: { prefix: "p" },
    within: { name: stream },
  });
  return component(hosted(record) as JsonObject, emptySlice);
}

/** What the reference fails on and Ferry does: a name that is no text, and one that comes to nothing. */
const better: Readonly<Record<string, string>> = {
  "{{ record.id }}": "files/7",
  "{{ record.nested }}": "files/{'urls': ['x', 'y']}",
  "{{ record.missing }}": "files/UUID",
};

const randomName = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test.each(table.rows.map((row, index) => [index, row] as const))("row %i of the reference", async (_, row) => {
  await rm(join(folder, row.stream.split("/")[0]!), { recursive: true, force: true });
  const before = server.requests.length;
  const named = row.spec["filename_extractor"];
  const expected = row.path ?? better[String(named)];
  if (expected === undefined) {
    await expect(upload(row.spec, row.record, row.stream)).rejects.toThrow("download_target_extractor finds");
    return;
  }
  const file = (await upload(row.spec, row.record, row.stream))!;
  expect(file.sourceFileRelativePath.replace(randomName, "UUID")).toBe(expected);
  expect(file.stagingFileUrl).toBe(join(folder, file.sourceFileRelativePath));
  expect(await readFile(file.stagingFileUrl, "utf8")).toBe("content");
  expect(file.fileSizeBytes).toBe(7);
  if (row.asked !== undefined) {
    expect(server.requests.slice(before).map(({ target }) => decodeURIComponent(target))).toEqual(row.asked);
  }
});

const uploader = (url: string, more: JsonObject = {}): JsonObject => ({
  requester: { type: "HttpRequester", url: `${url}/{{ download_target }}`, http_method: "GET" },
  download_target_extractor: { type: "DpathExtractor", field_path: ["url"] },
  filename_extractor: "{{ record.name }}",
  ...more,
});

describe("where a file lies", () => {
  test("two of one name in one run both stay", async () => {
    const spec = uploader(server.url);
    const [one, two] = [
      await upload(spec, { url: "1", name: "same.txt" }),
      await upload(spec, { url: "2", name: "same.txt" }),
    ];
    expect([one!.sourceFileRelativePath, two!.sourceFileRelativePath]).toEqual(["files/same.txt", "files/same.txt"]);
    expect(two!.stagingFileUrl).not.toBe(one!.stagingFileUrl);
    expect(await readFile(two!.stagingFileUrl, "utf8")).toBe("content");
  });

  test("one of an earlier run is overwritten", async () => {
    const path = join(folder, "files", "old.txt");
    await mkdir(join(folder, "files"), { recursive: true });
    await writeFile(path, "older and longer");
    await utimes(path, 1, 1);
    expect((await upload(uploader(server.url), { url: "1", name: "old.txt" }))!.stagingFileUrl).toBe(path);
    expect(await readFile(path, "utf8")).toBe("content");
  });

  test("a name may not lead out of the stream's folder", async () => {
    await expect(upload(uploader(server.url), { url: "1", name: "../../etc/passwd" })).rejects.toThrow(
      'makes the path "../../etc/passwd", which leads out of the stream\'s folder',
    );
  });
});

test("a download that breaks is begun again, and nothing of it stays", async () => {
  const big = "x".repeat(5 * 1024 * 1024);
  await using broken = await startServer({
    "/big": (_, count) => (count === 0 ? cut(text(big), big.length - 10) : text(big)),
  });
  const file = await upload(uploader(broken.url), { url: "big", name: "big.txt" });
  expect(file!.fileSizeBytes).toBe(big.length);
  expect((await readdir(join(folder, "files"))).filter((name) => name.startsWith("big"))).toEqual(["big.txt"]);
});

test("records carry their files; one whose file the error handler ignores goes alone", async () => {
  await using api = await startServer({
    "/records": json([
      { id: 1, url: "a" },
      { id: 2, url: "gone" },
    ]),
    "/a": text("abc"),
  });
  const ignored = { type: "HttpResponseFilter", http_codes: [404], action: "IGNORE" };
  const manifest = {
    version: "7.0.0",
    type: "DeclarativeSource",
    spec: { type: "Spec", connection_specification: { type: "object" } },
    check: { type: "CheckStream", stream_names: ["docs"] },
    streams: [
      {
        type: "DeclarativeStream",
        name: "docs",
        retriever: {
          type: "SimpleRetriever",
          requester: { type: "HttpRequester", url: `${api.url}/records`, http_method: "GET" },
          record_selector: { type: "RecordSelector", extractor: { type: "DpathExtractor", field_path: [] } },
        },
        schema_loader: { type: "InlineSchemaLoader", schema: {} },
        file_uploader: {
          type: "FileUploader",
          ...uploader(api.url, { filename_extractor: "{{ record.id }}.txt" }),
          requester: {
            type: "HttpRequester",
            url: `${api.url}/{{ download_target }}`,
            http_method: "GET",
            error_handler: { type: "DefaultErrorHandler", response_filters: [ignored] },
          },
        },
      },
    ],
  } as unknown as JsonObject;
  const run = await runConnector(undefined, ["read"], { manifest, config: {}, catalog: configured("docs") });
  expect(run.exitCode).toBe(0);
  expect(run.of("RECORD").map(({ record }) => [record.data["id"], record.file_reference])).toEqual([
    [
      1,
      {
        staging_file_url: join(folder, "docs", "1.txt"),
        source_file_relative_path: "docs/1.txt",
        file_size_bytes: 3,
      },
    ],
    [2, undefined],
  ]);
  const found = await runConnector(undefined, ["discover"], { manifest, config: {} });
  expect(found.of("CATALOG")[0]!.catalog.streams[0]!.is_file_based).toBe(true);
});
