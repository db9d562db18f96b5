import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import type { JsonObject } from "../../json/value.ts";
import { printJson } from "../../json/print.ts";
import { fakeTerminal, type FakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import type { Place } from "./verb-command.ts";

export interface FakePlace extends Place {
  readonly terminal: FakeTerminal;
  /** What the connector's own output printed. */
  readonly stdout: () => string;
}

/** A terminal, or a pipe; no wait takes its time. */
export function fakePlace(kind: "terminal" | "pipe"): FakePlace {
  const chunks: Buffer[] = [];
  return {
    terminal: fakeTerminal(kind),
    surroundings: {
      program: "ferry",
      env: {},
      stdout: new Writable({
        write(chunk: Buffer, _, done) {
          chunks.push(Buffer.from(chunk)); // the chunk's memory is used again
          done();
        },
      }),
      stderr: () => undefined,
      sleep: async () => {},
    },
    stdout: () => Buffer.concat(chunks).toString(),
  };
}

/** The folder of a connector: two streams, `users` in pages and `events` by time. */
export async function connectorFolder(config: JsonObject): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "ferry-cli-"));
  await writeFile(join(path, "manifest.yaml"), MANIFEST);
  await writeFile(join(path, "config.json"), printJson(config));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

const MANIFEST = `
version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
definitions:
  requester: &requester
    type: HttpRequester
    url_base: "{{ config['url'] }}"
    authenticator: { type: BearerAuthenticator, api_token: "{{ config['token'] }}" }
    error_handler:
      type: DefaultErrorHandler
      backoff_strategies: [{ type: ConstantBackoffStrategy, backoff_time_in_seconds: 0.01 }]
  selector: &selector { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
streams:
  - type: DeclarativeStream
    name: users
    primary_key: [id]
    schema_loader:
      type: InlineSchemaLoader
      schema: { type: object, properties: { id: { type: integer }, name: { type: [string, "null"] } } }
    retriever:
      type: SimpleRetriever
      requester: { <<: *requester, path: /users }
      record_selector: *selector
      paginator:
        type: DefaultPaginator
        pagination_strategy: { type: CursorPagination, cursor_value: "{{ response['next'] }}" }
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
  - type: DeclarativeStream
    name: events
    primary_key: [id]
    schema_loader:
      type: InlineSchemaLoader
      schema: { type: object, properties: { id: { type: integer }, at: { type: string, format: date } } }
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: at
      datetime_format: "%Y-%m-%d"
      start_datetime: "2026-01-01"
      end_datetime: "2026-02-28"
      step: P1M
      cursor_granularity: P1D
      start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: from }
    retriever:
      type: SimpleRetriever
      requester: { <<: *requester, path: /events }
      record_selector: *selector
spec:
  type: Spec
  connection_specification:
    type: object
    required: [url, token]
    properties:
      url: { type: string, description: Where the API is. }
      token: { type: string, airbyte_secret: true, description: A token of the API. }
`;
