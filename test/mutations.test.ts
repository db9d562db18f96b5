import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createPositions } from "../packages/cdk/src/cli/manifest/frame.ts";
import { components } from "../packages/cdk/src/components/registry.ts";
import { checkManifest } from "../packages/cdk/src/manifest/check/check.ts";
import { createLanguage } from "../packages/cdk/src/manifest/language.ts";
import { mutate } from "./mutations/mutate.ts";
import { pick, randomFrom } from "./mutations/random.ts";

const language = createLanguage(components, z);
const MUTATIONS = 200;
const own = readManifests(new URL("mutations/manifests/", import.meta.url), (name) => name);
const kit = readManifests(
  new URL("../../shared/conformance/cases/", import.meta.url),
  (name) => `${name}/manifest.yaml`,
);

test.each(own)("%s has nothing wrong with it", (_, text) => {
  expect(checkManifest(text, language).filter(({ severity }) => severity !== "note")).toEqual([]);
});

test("the first problem stands on the line of the mistake, in our manifests", () => {
  const each = Math.ceil(MUTATIONS / own.length);
  const { misses, made } = run(own.map(([name, text], index) => [name, text, each, index]));
  expect(made).toBeGreaterThanOrEqual(MUTATIONS);
  expect(misses.length / made, misses.join("\n")).toBeLessThanOrEqual(0.05);
});

describe.skipIf(kit.length === 0)("public manifests", () => {
  test("the first new problem stands on the line of the mistake", { timeout: 120_000 }, () => {
    const random = randomFrom(11);
    const some = kit.filter(([, text]) => text.length < 100_000);
    const picked = Array.from({ length: MUTATIONS / 5 }, () => pick(random, some)!);
    const { misses, made } = run(picked.map(([name, text], index) => [name, text, 5, index]));
    expect(made).toBe(MUTATIONS);
    expect(misses.length / made, misses.join("\n")).toBeLessThanOrEqual(0.05);
  });
});

/** Makes mistakes, and tells those that were found elsewhere or not at all. */
function run(manifests: readonly (readonly [name: string, text: string, count: number, seed: number])[]): {
  readonly made: number;
  readonly misses: readonly string[];
} {
  const misses: string[] = [];
  let made = 0;
  for (const [name, text, count, seed] of manifests) {
    const before = new Map<string, number>();
    for (const { code, message } of checkManifest(text, language)) {
      before.set(`${code} ${message}`, (before.get(`${code} ${message}`) ?? 0) + 1);
    }
    for (const mutation of mutate(text, language, count, seed)) {
      made++;
      const left = new Map(before);
      const first = checkManifest(mutation.text, language).find(({ code, message }) => {
        const known = left.get(`${code} ${message}`) ?? 0;
        left.set(`${code} ${message}`, known - 1);
        return known <= 0;
      });
      const line = first && createPositions(mutation.text)(first.offset).line;
      if (line === mutation.line) continue;
      misses.push(
        `${name}:${mutation.line} ${mutation.what}: ${first === undefined ? "nothing said" : `line ${line}: ${first.message}`}`,
      );
    }
  }
  return { made, misses };
}

function readManifests(folder: URL, fileOf: (name: string) => string): (readonly [name: string, text: string])[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => [name, readFileSync(new URL(fileOf(name), folder), "utf8")] as const);
}
