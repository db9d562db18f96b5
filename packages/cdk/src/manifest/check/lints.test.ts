import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { components } from "../../components/registry.ts";
import { createLanguage } from "../language.ts";
import { checkManifest } from "./check.ts";
import { problemCodes, type Severity } from "./problem.ts";

const language = createLanguage(components, z);

const manifest = `version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
definitions:
  selector:
    type: RecordSelector
    extractor: { type: DpathExtractor, field_path: [data] }
streams:
  - type: DeclarativeStream
    name: users
    primary_key: id
    schema_loader:
      type: InlineSchemaLoader
      schema:
        type: object
        properties:
          id: { type: string }
          updated_at: { type: string }
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: updated_at
      datetime_format: "%Y-%m-%d"
      start_datetime: "2026-01-01"
    retriever:
      type: SimpleRetriever
      record_selector: { $ref: "#/definitions/selector" }
      requester:
        type: HttpRequester
        url: https://api.example.com/users
        http_method: GET
        request_headers:
          X-Plan: "{{ config['plan'] }}"
      paginator:
        type: DefaultPaginator
        page_token_option: { type: RequestPath }
        pagination_strategy:
          type: CursorPagination
          cursor_value: "{{ response.next }}"
spec:
  type: Spec
  connection_specification: { type: object, properties: { plan: { type: string } } }
`;

/** In place of what a mistake is written, with ^ before where it is told; and what is nearly the same, but no mistake. */
type Lint = readonly [severity: Severity, code: string, from: string, mistake: string, nearMiss: string];

const cursor = 'cursor_value: "{{ response.next }}"';
const header = "X-Plan: \"{{ config['plan'] }}\"";
const lints: readonly Lint[] = [
  ["error", "syntax", "stream_names: [users] }", "stream_names: [users ^}", 'stream_names: ["users"] }'],
  ["error", "broken-reference", '"#/definitions/selector"', '^"#/definitions/selectr"', "'#/definitions/selector'"],
  ["error", "unknown-type", "type: CursorPagination", "type: ^CursorPaginator", 'type: "CursorPagination"'],
  ["error", "misplaced-component", "type: RequestPath", "type: ^NoPagination", "type: RequestPath "],
  [
    "error",
    "missing-field",
    `type: CursorPagination\n          ${cursor}`,
    "^type: CursorPagination",
    "type: PageIncrement",
  ],
  ["error", "misspelt-field", "cursor_value:", "^cursr_value:", '"cursor_value":'],
  ["error", "wrong-type", "name: users", "name: ^7", 'name: "7"'],
  ["error", "wrong-value", "http_method: GET", "http_method: ^get", 'http_method: "POST"'],
  [
    "error",
    "invalid",
    "http_method: GET",
    "error_handler: { type: DefaultErrorHandler, response_filters: [{ type: HttpResponseFilter, action: FAIL, http_codes: [404, ^404] }] }",
    "error_handler: { type: DefaultErrorHandler, response_filters: [{ type: HttpResponseFilter, action: FAIL, http_codes: [404, 405] }] }",
  ],
  ["error", "unknown-field", "version: 7.0.0", "version: 7.0.0\n^streems: []", "version: 7.0.0\nmetadata: {}"],
  [
    "error",
    "unknown-class",
    "type: SimpleRetriever",
    "type: SimpleRetriever\n      decoder: { type: CustomDecoder, class_name: ^source_x.components.Own }",
    "type: SimpleRetriever\n      decoder: { type: JsonDecoder }",
  ],
  [
    "error",
    "parameters-not-a-mapping",
    "version: 7.0.0",
    "^version: 7.0.0\n$parameters: []",
    "version: 7.0.0\n$parameters: {}",
  ],
  ["error", "template-syntax", cursor, 'cursor_value: ^"{{ response.next"', `cursor_value: "{{ response['next'] }}"`],
  [
    "error",
    "template-stream-state",
    cursor,
    'cursor_value: ^"{{ stream_state.id }}"',
    `cursor_value: "{{ last_record.id }}"`,
  ],
  [
    "error",
    "unknown-variable",
    cursor,
    'cursor_value: ^"{{ respons.next }}"',
    `cursor_value: "{{ response.respons }}"`,
  ],
  [
    "warning",
    "unknown-variable",
    cursor,
    'cursor_value: ^"{{ record.next }}"',
    'cursor_value: "{{ last_record.next }}"',
  ],
  ["warning", "duplicate-key", "    name: users", "    name: people\n    ^name: users", '    "name": users'],
  ["warning", "unknown-field", "http_method: GET", "^http_methd: GET", "http_method: POST"],
  ["warning", "changed-type", header, 'X-Plan: ^"1e3"', "X-Plan: \"'1e3'\""],
  ["warning", "invalid-json-schema", "id: { type: string }", "id: { type: ^null }", 'id: { type: [string, "null"] }'],
  ["warning", "field-not-in-schema", "primary_key: id", "primary_key: ^ident", "primary_key: [id]"],
  ["warning", "field-not-in-schema", "cursor_field: updated_at", "cursor_field: ^updatedat", "cursor_field: id"],
  [
    "warning",
    "unused-definition",
    "definitions:",
    "definitions:\n  ^unused: { a: 1 }",
    'definitions:\n  "selector/x": "#/definitions/selector"',
  ],
  ["warning", "newer-version", "version: 7.0.0", "version: ^8.0.0", "version: 7.39.1"],
  [
    "note",
    "deprecated",
    "url: https://api.example.com/users",
    "^url_base: https://api.example.com",
    "url: https://a.test/url_base",
  ],
];

const told = (text: string): unknown[] =>
  checkManifest(text, language).map(({ severity, code, offset }) => [severity, code, ...placeOf(text, offset)]);

function placeOf(text: string, offset: number): [line: number, column: number] {
  const lines = text.slice(0, offset).split("\n");
  return [lines.length, lines.at(-1)!.length + 1];
}

describe.each(lints)("%s %s: %s", (severity, code, from, mistake, nearMiss) => {
  test(`${mistake} is told, and nothing else`, () => {
    expect(manifest).toContain(from);
    const marked = manifest.replace(from, () => mistake);
    const at = marked.indexOf("^");
    const text = marked.replace("^", "");
    expect(told(text)).toEqual([[severity, code, ...placeOf(text, at)]]);
  });

  test(`${nearMiss} is not`, () => {
    expect(told(manifest.replace(from, () => nearMiss))).toEqual([]);
  });
});

/** Each line of the page's tables that begins with a code, under the heading of its severity. */
function documented(): string[] {
  const page = readFileSync("docs/manifest-lints.md", "utf8");
  return page.split(/^## /m).flatMap((section) => {
    const severity = /^(Error|Warning|Note)s/.exec(section)?.[1]?.toLowerCase();
    return [...section.matchAll(/^\| `([\w-]+)`/gm)].map(([, code]) => `${severity} ${code}`);
  });
}

const known = Object.entries(problemCodes).flatMap(([severity, codes]) => codes.map((code) => `${severity} ${code}`));

test("the page of lints has each of them, and so has this table", () => {
  expect(documented().sort()).toEqual([...known].sort());
  expect([...new Set(lints.map(([severity, code]) => `${severity} ${code}`))].sort()).toEqual(
    known.filter((each) => each !== "error unresolvable").sort(), // references that stand for millions of values
  );
});

test("the checks name no other", () => {
  const codes = new Set<string>(Object.values(problemCodes).flat());
  const named = readdirSync(new URL(".", import.meta.url))
    .filter((file) => !file.endsWith(".test.ts"))
    .flatMap((file) => [...readFileSync(new URL(file, import.meta.url), "utf8").matchAll(/\bcode: "([\w-]+)"/g)]);
  expect(named.map(([, code]) => code!).filter((code) => !codes.has(code))).toEqual([]);
});
