import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { afterAll, expect, test } from "vitest";
import { component, type Component } from "../component.ts";
import { createDeclarativeSource } from "../declarative-source.ts";
import { valueRows } from "../json/rows/value-rows.ts";
import { set } from "../json/value.ts";
import { configured, runConnector } from "../testing/run-connector.ts";
import { json, startServer } from "../testing/index.ts";
import { checkManifest } from "./check/check.ts";
import { loadManifest } from "./load.ts";
import { loadLanguage } from "./plan.ts";
import { stubOf } from "./stub.ts";

const folder = mkdtempSync(join(tmpdir(), "ferry-own-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Records of a field, each with what a child finds of the same answer. */
const joined: Component = component({
  kind: "extractor",
  type: "JoinedExtractor",
  defaults: { others: "DpathExtractor" },
  schema: (slot, z) =>
    slot.like("DpathExtractor", { times: z.number().default(1), others: slot("extractor").optional() }),
  create(spec, scope) {
    const own = scope.like("extractor", "DpathExtractor");
    const others = spec.others && scope.build(spec.others);
    return async function* (response) {
      for (let time = 0; time < spec.times; time++) yield* own(response);
      for await (const batch of others?.(response) ?? []) {
        yield valueRows(Array.from({ length: batch.length }, (_, index) => ({ other: batch.value(index) })));
      }
    };
  },
});
/** Named as one of the language's own types, as connectors do. */
const marking: Component = component({
  kind: "transformation",
  type: "CustomTransformation",
  schema: (_, z) => z.object({ mark: z.string().describe("May see: config, parameters.") }),
  create(spec, scope) {
    const mark = scope.template(spec.mark);
    return (record) => set(record, "mark", mark({}) ?? null);
  },
});
const own = [joined, marking];

const manifest = (extractor: string, transformations = "[]", url = "http://127.0.0.1:1"): string => `version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
streams:
  - type: DeclarativeStream
    name: users
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "${url}/users" }
      record_selector:
        type: RecordSelector
        extractor: ${extractor}
    transformations: ${transformations}
spec: { type: Spec, connection_specification: { type: object, properties: {} } }
`;
const named = (fields: string): string => `{ class_name: source_x.components.JoinedExtractor, ${fields} }`;

test("a class is the component of its last segment, with its fields, parameters and children", async () => {
  await using server = await startServer({ "/users": () => json({ data: [{ id: 1 }], more: [2] }) });
  const extractor = named("field_path: [data], times: 2, others: { field_path: [more] }");
  const marks = `[{ type: CustomTransformation, class_name: x.CustomTransformation, $parameters: { mark: "{{ config['m'] }}" } }]`;
  const text = manifest(extractor, marks, server.url);
  const source = createDeclarativeSource({ manifest: loadManifest(text), components: own });
  const run = await runConnector(source, ["read"], { config: { m: "x" }, catalog: configured("users") });
  expect(run.records("users")).toEqual([
    { id: 1, mark: "x" },
    { id: 1, mark: "x" },
    { other: 2, mark: "x" },
  ]);
});

const wrong: [what: string, extractor: string, transformations: string, problem: RegExp][] = [
  ["a field of the wrong type", named("field_path: [], times: many"), "[]", /^13:94 .*`times` must be a number/],
  ["a missing field", named("times: 2"), "[]", /^13:22 .*JoinedExtractor lacks the required `field_path`/],
  [
    "an unknown field",
    named("field_path: [], time: 2"),
    "[]",
    /^13:87 JoinedExtractor has no field `time`; it is ignored. times/,
  ],
  ["a child of another kind", named("field_path: [], others: { type: NoAuth }"), "[]", /A NoAuth cannot stand in/],
  [
    "a class of another kind",
    "{ class_name: x.CustomTransformation, mark: '' }",
    "[]",
    /one of kind "extractor" is needed/,
  ],
  [
    "a variable that is not there",
    named("field_path: []"),
    "[{ class_name: x.CustomTransformation, mark: '{{ record }}' }]",
    /record/,
  ],
  [
    "an unknown class",
    "{ class_name: x.Joined }",
    "[]",
    /^13:34 .*no component Joined, .*has: JoinedExtractor, CustomT/,
  ],
];
test.each(wrong)("%s is told with its place", async (_, extractor, transformations, problem) => {
  const text = manifest(extractor, transformations);
  const problems = checkManifest(text, await loadLanguage(own)).map(({ offset, message, hint = "" }) => {
    const lines = text.slice(0, offset).split("\n");
    return `${lines.length}:${lines.at(-1)!.length + 1} ${message} ${hint}`;
  });
  expect(problems).toEqual([expect.stringMatching(problem)]);
});

async function failure(text: string, files: readonly string[] = []): Promise<string> {
  for (const file of files) writeFileSync(join(folder, file), "");
  const source = createDeclarativeSource({
    manifest: loadManifest(text),
    folder,
    file: { path: "manifest.yaml", text },
  });
  const run = await runConnector(source, ["read"], { config: {}, catalog: configured("users") });
  for (const file of files) rmSync(join(folder, file));
  expect(run.exitCode).toBe(1);
  return run.of("TRACE").map(({ trace }) => trace.error?.message)[0]!;
}

test("a run that needs an unknown class names its place, its file, and what to write", async () => {
  const text = manifest(named("field_path: [a], child: { type: JsonDecoder }, odd-name: true, none: []"));
  const message = await failure(text);
  expect(message).toContain("manifest.yaml:13:34: There is no component JoinedExtractor, which the manifest names as");
  expect(message).toContain(
    `${folder}/components.ts, where it belongs, is not there. Components written in Python cannot`,
  );
  expect(message).toContain(
    'z.object({ field_path: z.array(z.string()), child: slot("decoder"), "odd-name": z.boolean(), none: z.array(z.unknown()) })',
  );
  expect(await failure(text, ["components.py"])).toContain(
    "components.py may have it, but components written in Python",
  );
  expect(await failure(text, ["components.ts"])).toContain("components.ts, where it belongs, exports no components.");
});

test("a class of the reference's own is the component of that name", async () => {
  const text = manifest("{ class_name: airbyte_cdk.sources.declarative.extractors.DpathExtractor, field_path: [] }");
  expect(checkManifest(text, await loadLanguage([]))).toEqual([]);
});

test("each kind of class has a stub that is a component", async () => {
  const language = await loadLanguage([]);
  const kinds = [...language.components.values()].flatMap(({ type, kind }) =>
    type.startsWith("Custom") ? [kind] : [],
  );
  expect(kinds).toHaveLength(16);
  const stubs = kinds.map((kind) => stubOf(language, kind, `Own_${kind}`, { class_name: "y", name: "z" }));
  const body = stubs
    .join("")
    .replace(/^import .*/gm, "")
    .replace(/^export const (\w+)/gm, "made.$1");
  const ferry = await import("../index.ts");
  const made: Record<string, Component> = {};
  const run = compileFunction(body, ["made", ...Object.keys(ferry)]) as (...given: unknown[]) => void;
  run(made, ...Object.values(ferry));
  expect(Object.values(made).map(({ kind, type }) => [kind, type])).toEqual(kinds.map((kind) => [kind, `Own_${kind}`]));
  for (const each of Object.values(made)) expect(typeof each.create({}, {} as never)).toMatch(/object|function/);
});
