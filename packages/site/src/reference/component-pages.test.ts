import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadLanguage } from "../../../cdk/src/manifest/plan.ts";
import { resolveManifest } from "../../../cdk/src/manifest/resolve.ts";
import { componentEntries, componentPages } from "./component-pages.ts";

const cases = fileURLToPath(new URL("../../../../test/cases", import.meta.url));
const entries = await componentEntries(cases);
const entry = (type: string) => entries.find(({ component }) => component.type === type)!;

test("every component of the language has an entry, with an example that validates", async () => {
  const language = await (await loadLanguage([])).explaining();
  expect(entries.map(({ component }) => component.type).sort()).toEqual([...language.components.keys()].sort());
  const wrong = entries.flatMap(({ component: { type }, example }) => {
    if (example === undefined) return [`${type} has none`];
    return language.accepts(type, resolveManifest(example)) ? [] : [type];
  });
  expect(wrong).toEqual([]);
});

test.each([
  ["CursorPagination", "cursor_value", { required: true, type: "string" }],
  ["CursorPagination", "page_size", { required: false, type: "integer or string", sees: "config, parameters" }],
  ["HttpRequester", "http_method", { default: '"GET"', type: "`GET`, `POST`" }],
  ["DatetimeBasedCursor", "clamping", { type: "object of `target`, `target_details`?" }],
  ["DefaultPaginator", "page_size_option", { type: "[RequestOption](components/requests#requestoption)" }],
])("%s.%s is described", (type, name, expected) => {
  expect(entry(type).fields.find((field) => field.name === name)).toMatchObject(expected);
});

test("each is on one page, and its example begins with its type", async () => {
  const pages = await componentPages(cases);
  const text = pages.map(({ markdown }) => markdown).join("");
  expect(text).toContain("```yaml\ntype: DpathExtractor\nfield_path:");
  expect([...text.matchAll(/```yaml\n(?!type: ).*/g)].map(([start]) => start)).toEqual([]);
  const headings = pages
    .slice(1)
    .flatMap(({ markdown }) => [...markdown.matchAll(/^## (\w+)$/gm)].map(([, type]) => type!));
  expect(headings.sort()).toEqual(entries.map(({ component }) => component.type).sort());
});
