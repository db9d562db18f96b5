import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { nearestPackage } from "./nearest-package.ts";

const folder = mkdtempSync(join(tmpdir(), "ferry-nearest-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "outer/dist/esm"), { recursive: true });
writeFileSync(join(folder, "outer/package.json"), '{ "name": "outer", "version": "1.0.0" }');
writeFileSync(join(folder, "outer/dist/esm/package.json"), '{ "type": "module" }'); // as many packages have it: no name

test.each([
  ["outer/dist/esm/index.js", { name: "outer", version: "1.0.0", folder: join(folder, "outer") }],
  ["outer/dist/index.js", { name: "outer", version: "1.0.0", folder: join(folder, "outer") }],
  ["alone.js", undefined],
])("%s is of the package %j", (file, expected) => {
  expect(nearestPackage(join(folder, file))).toEqual(expected);
});
