// What a connector does, in small: a manifest, an API that answers it, and the command lines of all verbs. Whatever was
// run once can be kept compiled.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

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

/**
 * Runs `use` while the API answers.
 * @param use is given the command lines, each with the manifest's flag where `named`; the manifest; and the URL of a file beside
 * which the manifest lies as in an image
 */
export async function withSmallConnector(use, { named = true } = {}) {
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
    await mkdir(join(folder, "source_declarative_manifest"));
    const manifest = await file("source_declarative_manifest/manifest.yaml", MANIFEST);
    const config = await file("config.json", JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
    const catalog = await file("catalog.json", JSON.stringify({ streams: ["plain", "dated"].map(configured) }));
    const flag = named ? ["--manifest-path", manifest] : [];
    const given = ["--config", config, ...flag];
    const lines = [
      ["spec", ...flag],
      ["check", ...given],
      ["discover", ...given],
      ["read", ...given, "--catalog", catalog],
    ];
    await use({ lines, manifest, place: pathToFileURL(join(folder, "main.mjs")).href });
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function configured(name) {
  const sync_mode = name === "dated" ? "incremental" : "full_refresh";
  const stream = { name, json_schema: { type: "object" }, supported_sync_modes: ["full_refresh", "incremental"] };
  return { stream, sync_mode, destination_sync_mode: "append" };
}
