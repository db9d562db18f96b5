/** What connectors may rely on: the page that says so, and what is there. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { stableApi, valuesOf } from "../scripts/stable-api.mjs";

test("docs/stable-api.md lists what the packages export; `node scripts/stable-api.mjs` writes it", async () => {
  const page = readFileSync(fileURLToPath(new URL("../docs/stable-api.md", import.meta.url)), "utf8");
  expect(page).toBe(await stableApi());
});

test.each(valuesOf())("%s has the values that the page lists", async (entry, values) => {
  const path = entry === "ferry-components" ? "../packages/components/src/index.ts" : entry;
  const found = (await import(path)) as object;
  expect(Object.keys(found).sort()).toEqual(values);
});
