import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { z } from "zod";
import { components } from "../components/registry.ts";
import { printJson } from "../json/print.ts";
import { readYaml } from "../yaml/read.ts";
import { createLanguage } from "./language.ts";
import { languageSchema } from "./language-schema.ts";

interface Part {
  readonly title?: string;
  readonly description?: string;
  readonly properties: Readonly<Record<string, Part>>;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Part[];
}

const schema = languageSchema(createLanguage(components, z), z);
// Strict as to keywords; a type that stands beside an alternative is no mistake.
const accepts = new Ajv({
  keywords: ["markdownDescription"],
  strictTypes: false,
  strictRequired: false,
  inlineRefs: false,
}).compile(schema);
const partOf = (type: string): Part => (schema["definitions"] as Record<string, Part>)[`${type}.part`]!; // its shape is its maker's
const read = (text: string): unknown => JSON.parse(printJson(readYaml(text)));

const folders = ["templates/manifest", "test/mutations/manifests"].flatMap((folder) =>
  readdirSync(folder).map((name) => `${folder}/${name}`),
);
const cases = readdirSync("test/cases").map((name) => `test/cases/${name}/manifest.yaml`);
const manifests = [...folders.filter((path) => path.endsWith(".yaml")), ...cases.filter((path) => existsSync(path))];

test("every manifest of ours is accepted", () => {
  expect(manifests.length).toBeGreaterThan(80);
  expect(manifests.filter((path) => !accepts(read(readFileSync(path, "utf8"))))).toEqual([]);
});

const manifest = (change: string, streams = "[{ $ref: '#/definitions/users' }]"): string => `
version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
streams: ${streams}
definitions:
  size: 10
  users:
    type: DeclarativeStream
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: https://a.test }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
      ${change}
`;
const paginator = (text: string): string =>
  manifest(`paginator: { type: DefaultPaginator, pagination_strategy: ${text} }`);
const stream = (more: string): string => manifest("", `[{ type: DeclarativeStream, ${more} }]`);

test.each([
  ["a reference as a text", manifest("", `["#/definitions/users"]`)],
  ["a reference in place of a list", manifest("", `{ $ref: "#/definitions/all" }`)],
  [
    "a reference, and fields beside it",
    manifest("", `[{ $ref: "#/definitions/users", name: all, $parameters: { a: 1 } }]`),
  ],
  [
    "a reference in place of a number",
    paginator(
      `{ type: PageIncrement, page_size: "#/definitions/size", start_from_page: { $ref: "#/definitions/size" } }`,
    ),
  ],
  [
    "a type that its place tells",
    manifest(
      "decoder: { type: JsonDecoder }\n      paginator: { type: DefaultPaginator, page_size_option: { inject_into: header, field_name: a }, pagination_strategy: { type: PageIncrement } }",
    ),
  ],
  ["fields that are nobody's", stream(`retriever: "#/definitions/r", colour: blue`)],
  [
    "a part that lacks what is stated where it is referred to",
    manifest("").replace("  size: 10", "  base: { type: HttpRequester, http_method: POST }"),
  ],
  [
    "parts in groups",
    manifest("").replace(
      "  size: 10",
      "  bases: { one: { type: HttpRequester } }\n  schemas: { a: { type: object, properties: { type: { type: string } } } }",
    ),
  ],
])("accepted: %s", (_, text) => {
  expect(accepts(read(text)), JSON.stringify(accepts.errors)).toBe(true);
});

test.each([
  ["a field that the manifest does not have", `colour: blue\n${manifest("").trimStart()}`],
  ["a type that does not exist", paginator("{ type: PageIncrment, page_size: 10 }")],
  ["a type that may not stand there", paginator("{ type: BearerAuthenticator, api_token: x }")],
  ["a type that is missing", paginator("{ page_size: 10 }")],
  ["a number that is none", paginator("{ type: PageIncrement, start_from_page: first }")],
  ["a field that is missing", stream("name: users")],
  [
    "a field that is missing further down",
    stream("retriever: { type: SimpleRetriever, record_selector: '#/definitions/s' }"),
  ],
  [
    "a word that is not one of those allowed",
    manifest("").replace("type: HttpRequester", "type: HttpRequester, http_method: FETCH"),
  ],
  ["a part of a wrong form", manifest("").replace("  size: 10", "  base: { type: HttpRequester, http_method: FETCH }")],
  [
    "a part of a wrong form in a group",
    manifest("").replace("  size: 10", "  bases: { one: { type: HttpRequester, http_method: FETCH } }"),
  ],
  ["no streams", manifest("").replace(/^streams:.*$/m, "")],
])("refused: %s", (_, text) => {
  expect(accepts(read(text))).toBe(false);
});

test("each component tells itself by its type, has a title and a description, and so have its fields", () => {
  for (const { type } of components) {
    const { title, description, properties } = partOf(type);
    expect([properties["type"], title]).toEqual([{ const: type, description }, type]);
    expect(description).toMatch(/^[A-Z].*\.$/);
    for (const [name, field] of Object.entries(properties)) {
      if (name !== "type" && name !== "$ref") expect(field.description, `${type}.${name}`).toMatch(/\S/);
    }
  }
});

test("allowed words stand in the field's own alternatives, where editors look for them", () => {
  const words = (type: string, field: string): readonly string[] =>
    (partOf(type).properties[field]?.anyOf ?? []).flatMap((each) => each.enum ?? []);
  expect(words("HttpRequester", "http_method")).toContain("POST");
  expect(words("RequestOption", "inject_into")).toContain("request_parameter");
  expect(words("HttpResponseFilter", "action")).toContain("RETRY");
});
