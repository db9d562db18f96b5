#!/usr/bin/env node
// Compiles the commands for the Node that runs this, as far as a check, a discover, a read and a validation need them. To
// be run where the package was installed, e.g. when an image is built; without it all is the same, but slower to start.
import { fork } from "node:child_process";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import v8 from "node:v8";
import { placesOf, readScript } from "./load.mjs";

const MANIFEST = `
version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [plain] }
definitions:
  retriever:
    type: SimpleRetriever
    requester: { type: HttpRequester, url: "{{ config['url'] }}/{{ parameters['name'] }}", http_method: GET }
    record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
    paginator:
      type: DefaultPaginator
      page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
      pagination_strategy: { type: PageIncrement, page_size: 1, start_from_page: 1 }
  stream:
    type: DeclarativeStream
    primary_key: [id]
    retriever: { $ref: "#/definitions/retriever" }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: integer } } } }
streams:
  - { $ref: "#/definitions/stream", name: plain, $parameters: { name: plain } }
  - $ref: "#/definitions/stream"
    name: dated
    $parameters: { name: dated }
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: updated_at
      datetime_format: "%Y-%m-%dT%H:%M:%SZ"
      start_datetime: "2026-01-01T00:00:00Z"
spec:
  type: Spec
  connection_specification: { type: object, required: [url], properties: { url: { type: string } } }
`;

// What the commands print is for nobody, so they run in a process of their own.
if (process.send === undefined) {
  const child = fork(fileURLToPath(import.meta.url), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.on("exit", (code) => (process.exitCode = code ?? 1));
} else {
  await compile();
  process.disconnect();
}

async function compile() {
  v8.setFlagsFromString = () => {}; // what is compiled holds for the flags that it was compiled with: those of a fresh start
  const folder = await mkdtemp(join(tmpdir(), "ferry-compile-"));
  const server = createServer((request, response) => {
    const data = request.url.includes("page=2") ? [] : [{ id: 1, updated_at: "2026-01-02T00:00:00Z" }];
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ data }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const file = async (name, content) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  try {
    const manifest = await file("manifest.yaml", MANIFEST);
    const config = await file("config.json", JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
    const catalog = await file("catalog.json", JSON.stringify({ streams: ["plain", "dated"].map(configured) }));
    const given = ["--config", config, "--manifest-path", manifest];
    await compileEntry("entrypoint/declarative", "runDeclarative", [
      ["spec", "--manifest-path", manifest],
      ["check", ...given],
      ["discover", ...given],
      ["read", ...given, "--catalog", catalog],
    ]);
    await compileEntry("cli/main", "main", [["manifest", "validate", manifest]]);
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Compiles what runs of these command lines need. */
async function compileEntry(entry, name, lines) {
  const { script, run } = readScript(entry);
  const { [name]: command } = await run();
  for (const argv of lines) {
    if ((await command(argv)) !== 0) throw new Error(`The commands do not run: ${argv.join(" ")} failed.`);
  }
  const { compiled } = placesOf(entry);
  await writeFile(`${compiled}.new`, script.createCachedData());
  await rename(`${compiled}.new`, compiled);
}

function configured(name) {
  const sync_mode = name === "dated" ? "incremental" : "full_refresh";
  const stream = { name, json_schema: { type: "object" }, supported_sync_modes: ["full_refresh", "incremental"] };
  return { stream, sync_mode, destination_sync_mode: "append" };
}
