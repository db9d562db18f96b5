import { expect, test } from "vitest";
import { z } from "zod";
import { components } from "../../components/registry.ts";
import { createLanguage } from "../language.ts";
import { checkManifest } from "./check.ts";

const language = createLanguage(components, z);

const manifest = `version: 6.0.0
type: DeclarativeSource
check:
  type: CheckStream
  stream_names: [users]
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
    transformations:
      - type: AddFields
        fields:
          - path: [plan]
            value: "{{ config['plan'] }}"
spec:
  type: Spec
  connection_specification: { type: object, properties: { plan: { type: string } } }
`;

test("nothing is said of a manifest with nothing wrong", () => {
  expect(checkManifest(manifest, language)).toEqual([]);
});

/** What is written in place of what, the problem's kind, what its message and hint say; it stands where the new text does. */
const mistakes: readonly (readonly [from: string, to: string, code: string, ...says: string[]])[] = [
  ["type: RecordSelector", "type: RecordSelectr", "unknown-type", "RecordSelector"],
  ["type: CursorPagination", "type: CursorPaginaton", "unknown-type", "CursorPagination"],
  ["http_method: GET", "http_methd: GET", "unknown-field", "http_method"],
  ["http_method: GET", "http_method: GETT", "wrong-value", "GET"],
  ["primary_key: id", "primary_key: ident", "field-not-in-schema", "primary key `ident`"],
  ["cursor_field: updated_at", "cursor_field: updatedat", "field-not-in-schema", "updated_at"],
  ['"#/definitions/selector"', '"#/definitions/selectr"', "broken-reference", "selector"],
  ["{{ response.next }}", "{{ respons.next }}", "unknown-variable", "response"],
  ["{{ response.next }}", "{{ response.next", "template-syntax"],
  ["{{ response.next }}", "{{ record.next }}", "unknown-variable", "record"],
  ["id: { type: string }", "id: { type: strng }", "invalid-json-schema", "string"],
  ["id: { type: string }", "id: { type: null }", "invalid-json-schema", '"null"'],
  ["cursor_value:", "cursr_value:", "misspelt-field", "cursor_value"],
  ["version: 6.0.0", "version: 99.0.0", "newer-version", "99.0.0"],
  ["    name: users", "    name: users\n    name: people", "duplicate-key", "`name`"],
  ["definitions:", "definitions:\n  unused: { a: 1 }", "unused-definition", "definitions.unused"],
  ["value: \"{{ config['plan'] }}\"", 'value: "007.5"', "changed-type", "value_type"],
  ["X-Plan: \"{{ config['plan'] }}\"", 'X-Plan: "1e3"', "changed-type", "1e3"],
  ["type: DatetimeBasedCursor", "type: DatetimeBasedCursor\n      step: 1", "wrong-type", "step"],
];

test.each(mistakes)("%s → %s is told as %s", (from, to, code, ...says) => {
  expect(manifest).toContain(from);
  const text = manifest.replace(from, to);
  const found = checkManifest(text, language).find((problem) => problem.code === code);
  expect(found, JSON.stringify(checkManifest(text, language), undefined, 1)).toBeDefined();
  for (const said of says) expect(`${found!.message} ${found!.hint ?? ""}`).toContain(said);
  const line = (offset: number): number => text.slice(0, offset).split("\n").length;
  const start = line(text.indexOf(to));
  expect(line(found!.offset)).toBeGreaterThanOrEqual(start);
  expect(line(found!.offset)).toBeLessThanOrEqual(start + to.split("\n").length - 1);
});

test("older forms are notes, each told once, with what rewrites them", () => {
  const older = manifest.replace(
    "url: https://api.example.com/users",
    "url_base: https://api.example.com\n        path: /users",
  );
  const notes = checkManifest(older, language);
  expect(notes.map(({ severity, code }) => [severity, code])).toEqual([
    ["note", "deprecated"],
    ["note", "deprecated"],
  ]);
  expect(notes.map(({ message }) => message).join("\n")).toMatch(/`HttpRequester\.url_base`.*ferry manifest migrate/);
});

test("many unused definitions are one warning", () => {
  const unused = ["a", "b", "c", "d"].map((name) => `  ${name}: { value: ${name} }`).join("\n");
  const problems = checkManifest(manifest.replace("definitions:", `definitions:\n${unused}`), language);
  expect(problems.map(({ message }) => message)).toEqual(["Nothing refers to 4 of the `definitions`: a, b, c, d."]);
});

test("errors come before warnings, however they stand in the text", () => {
  const text = manifest
    .replace("definitions:", "definitions:\n  unused: { a: 1 }")
    .replace("type: SimpleRetriever", "type: SimpleRetrieve");
  const severities = checkManifest(text, language).map(({ severity }) => severity);
  expect(severities[0]).toBe("error");
  expect(severities.at(-1)).toBe("warning");
});

test("a state migration need not state its type, as in the reference", () => {
  const field = "    name: users\n";
  const untyped = manifest.replace(
    field,
    `${field}    state_migrations:\n      - Type: LegacyToPerPartitionStateMigration\n`,
  );
  expect(checkManifest(untyped, language).map(({ severity, code }) => [severity, code])).toEqual([
    ["warning", "unknown-field"],
  ]);
  const other = manifest.replace(field, `${field}    state_migrations:\n      - type: LegacyToPartition\n`);
  expect(checkManifest(other, language)[0]).toMatchObject({ severity: "error", code: "unknown-type" });
});
