import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, expect, test, vi } from "vitest";
import { runCommandLine } from "../command-line.ts";
import { groups } from "../groups.ts";
import { fakeTerminal, type FakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import { explainFile } from "./explain.ts";
import { migrateFile } from "./migrate.ts";
import { resolveFile } from "./resolve.ts";
import { printSchema } from "./schema.ts";
import type { ExitCode } from "./terminal.ts";
import { validateFile } from "./validate.ts";

const folder = mkdtempSync(join(tmpdir(), "ferry-manifest-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
function file(text: string): string {
  const path = join(folder, `manifest-${files++}.yaml`);
  writeFileSync(path, text);
  return path;
}

const manifest = `version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
definitions:
  requester:
    type: HttpRequester
    url_base: https://api.test
    path: /{{ config['tenant'] }}/users
streams:
  - type: DeclarativeStream
    name: users
    primary_key: [id]
    retriever:
      type: SimpleRetriever
      requester: { $ref: "#/definitions/requester" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: integer } } } }
spec: { type: Spec, connection_specification: { type: object, properties: {} } }
`;
const modern = manifest.replace("url_base: https://api.test\n    path: /", "url: https://api.test/");

type Command = (path: string, terminal: FakeTerminal) => Promise<ExitCode>;
async function run(
  command: Command,
  text: string,
): Promise<{ code: ExitCode; out: string; err: string; path: string }> {
  const path = file(text);
  const terminal = fakeTerminal("pipe");
  const code = await command(path, terminal);
  return { code, out: terminal.out().replaceAll(path, "FILE"), err: terminal.err().replaceAll(path, "FILE"), path };
}
const validate: Command = (path, terminal) => validateFile(path, "text", terminal);
const validateJson: Command = (path, terminal) => validateFile(path, "json", terminal);
const resolve: Command = (path, terminal) => resolveFile(path, { migrate: false, normalize: false }, terminal);

test("a valid manifest is said to be valid", async () => {
  expect(await run(validate, modern)).toMatchObject({ code: 0, out: "FILE is valid.\n", err: "" });
});

test("a mistake is shown in its lines, with what was probably meant", async () => {
  const { code, out } = await run(validate, modern.replace("type: SimpleRetriever", "type: SimpleRetriver"));
  expect(code).toBe(1);
  expect(out).toContain("FILE:13:13 error: ");
  expect(out).toContain("Did you mean SimpleRetriever?");
  expect(out).toContain("\n> 13 |       type: SimpleRetriver\n     |             ^^^^^^^^^^^^^^\n");
  expect(out).toMatch(/\n1 error in FILE\.\n$/);
});

test.each([
  ["a type", "type: CheckStream,", "type: CheckStrem,", "Did you mean CheckStream?"],
  ["a field", "name: users", "nmae: users", "Did you mean name?"],
  ["a reference", "#/definitions/requester", "#/definitions/requster", "Did you mean #/definitions/requester?"],
  ["a variable of a template", "config['tenant']", "confg['tenant']", "Did you mean config?"],
])("%s that is misspelt", async (_, right, wrong, hint) => {
  const { out } = await run(validate, modern.replace(right, wrong));
  expect(out.replaceAll("`", "")).toContain(hint);
});

test("as JSON all problems come with their places", async () => {
  const text = modern.replace("type: SimpleRetriever", "type: SimpleRetriver").replace("stream_names", "stream_nmes");
  const { code, out } = await run(validateJson, text);
  const report = JSON.parse(out) as { errors: number; problems: Record<string, unknown>[] };
  expect(code).toBe(1);
  expect(report.errors).toBe(report.problems.filter(({ severity }) => severity === "error").length);
  expect(report.problems).toContainEqual(expect.objectContaining({ severity: "error", line: 13, column: 13 }));
  expect(report.problems).toContainEqual(expect.objectContaining({ line: 3 }));
});

test("warnings alone leave the exit code 0", async () => {
  const { code, out } = await run(validate, modern.replace("spec:", "schemas: { none: {} }\nspec:"));
  expect([code, out]).toEqual([0, expect.stringContaining("warning: Nothing refers to `schemas.none`.")]);
});

test("a text that is no YAML is an error at its place", async () => {
  const { code, out } = await run(validate, "version: 7.0.0\ncheck: [a\n");
  expect([code, out]).toEqual([1, expect.stringContaining("FILE:2:8 error: This [ is never closed.")]);
});

test.each([
  ["validate", validate],
  ["resolve", resolve],
  ["explain", (path, terminal) => explainFile(path, "streams", terminal)],
  ["migrate", (path, terminal) => migrateFile(path, "print", terminal)],
] satisfies [string, Command][])("%s of a file that is not there", async (_, command) => {
  const terminal = fakeTerminal("pipe");
  expect(await command(join(folder, "none.yaml"), terminal)).toBe(2);
  expect(terminal.err()).toContain("none.yaml cannot be read: there is no such file.");
});

test("resolve prints JSON with references followed and types filled in", async () => {
  const { code, out } = await run(resolve, manifest);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    streams: [{ retriever: { requester: { type: "HttpRequester", url_base: "https://api.test" } } }],
  });
});

test("resolve of a broken reference names it", async () => {
  const { code, err } = await run(resolve, manifest.replace("#/definitions/requester", "#/definitions/none"));
  expect([code, err]).toEqual([1, expect.stringContaining(`"#/definitions/none" leads nowhere`)]);
});

test("explain says whence each field comes", async () => {
  const { code, out } = await run((path, terminal) => explainFile(path, "streams.users.retriever", terminal), manifest);
  expect(code).toBe(0);
  expect(out).toMatch(/url_base: "https:\/\/api\.test" +# line 7, by \$ref #\/definitions\/requester/);
});

test("explain of a part that is not there names what is near", async () => {
  const { code, err } = await run((path, terminal) => explainFile(path, "streams.user", terminal), manifest);
  expect([code, err]).toEqual([1, `streams has no "user". Did you mean "users"?\n`]);
});

test("migrate prints the new text, says what it would change, or writes it", async () => {
  const printed = await run((path, terminal) => migrateFile(path, "print", terminal), manifest);
  expect(printed).toMatchObject({ code: 0, out: expect.stringMatching(/^ {4}url: .*users/m) as string });
  const checked = await run((path, terminal) => migrateFile(path, "check", terminal), manifest);
  expect(checked).toMatchObject({ code: 1, out: expect.stringMatching(/^FILE:\d+: /) as string });
  expect(readFileSync(checked.path, "utf8")).toBe(manifest);
  const written = await run((path, terminal) => migrateFile(path, "write", terminal), manifest);
  expect(written.code).toBe(0);
  expect(readFileSync(written.path, "utf8")).toBe(printed.out);
  expect((await run((path, terminal) => migrateFile(path, "check", terminal), printed.out)).code).toBe(0);
});

test("schema prints a JSON Schema", async () => {
  const terminal = fakeTerminal("pipe");
  expect(await printSchema(terminal)).toBe(0);
  expect(JSON.parse(terminal.out())).toMatchObject({ $schema: "http://json-schema.org/draft-07/schema#" });
});

/** What is wrong on three lines, two of them side by side. */
const flawed = modern
  .replace("name: users", "nmae: users")
  .replace("primary_key: [id]", "primry_key: [id]")
  .replace("type: SimpleRetriever", "type: SimpleRetriver");

test("problems that stand close together share the lines around them", async () => {
  const { code, out } = await run(validate, flawed);
  expect(code).toBe(1);
  expect(out).toMatch(/^FILE:13:13 error: There is no type SimpleRetriver\./);
  expect(out).toMatch(/FILE:10:5 warning: .*nmae.*\nFILE:11:5 warning: .*primry_key.*\n {2}/);
  expect(out).toContain(
    "> 10 |     nmae: users\n     |     ^^^^\n> 11 |     primry_key: [id]\n     |     ^^^^^^^^^^\n  12 |     retriever:\n",
  );
  expect(out).toMatch(/\n1 error, 2 warnings in FILE\.\n$/);
});

test("two problems of a line are both marked below it", async () => {
  const { out } = await run(
    validate,
    modern.replace("type: CheckStream, stream_names", "type: CheckStream, a: 1, b: 2, stream_names"),
  );
  expect(out).toContain(
    "> 3 | check: { type: CheckStream, a: 1, b: 2, stream_names: [users] }\n    |                             ^     ^\n",
  );
});

test.each([
  [true, "\u001b[31m1 error\u001b[39m"],
  [false, "\n1 error"],
])("colours (%s) as the terminal has them", async (isColoured, summary) => {
  const path = file(modern.replace("type: SimpleRetriever", "type: SimpleRetriver"));
  const terminal = fakeTerminal("terminal", { isColoured });
  expect(await validateFile(path, "text", terminal)).toBe(1);
  expect(terminal.out()).toContain(summary);
  expect(terminal.out().includes("\u001b")).toBe(isColoured);
  expect(stripVTControlCharacters(terminal.out())).toContain(`${path}:13:13 error: There is no type SimpleRetriver.`);
});

test("JSON has no colours, wherever it goes", async () => {
  const terminal = fakeTerminal("terminal", { isColoured: true });
  expect(await validateFile(file(flawed), "json", terminal)).toBe(1);
  expect(JSON.parse(terminal.out())).toMatchObject({ errors: 1, warnings: 2, notes: 0 });
});

test.each([
  [["validate", "none.yaml"], 2],
  [["validate"], 2],
  [["validate", "a.yaml", "--format", "xml"], 2],
  [["explain", "a.yaml"], 2],
  [["migrate", "a.yaml", "--write", "--check"], 2],
  [["nothing"], 2],
  [[], 2],
])("ferry manifest %j gives %i", async (argv, code) => {
  const before = process.exitCode;
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(await runCommandLine(["manifest", ...argv], groups)).toBe(code);
  expect(write.mock.calls.join("")).not.toMatch(/\n {4}at /);
  write.mockRestore();
  process.exitCode = before;
});
