import { mkdirSync, rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { caseNames, loadCase } from "./comparison/case.ts";
import { runCase } from "./comparison/run-case.ts";

/** Where the reference put files when the cases were made. */
const STAGING = "/tmp/staging-of-cases";

// Cases are made by `test/cases/make.py`, which runs the reference. Only the clock stands still: timers run.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.stubEnv("AIRBYTE_STAGING_DIRECTORY", STAGING);
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  rmSync(STAGING, { recursive: true, force: true });
});

test.each(caseNames)("%s", async (name) => {
  const made = loadCase(name);
  vi.setSystemTime(made.now);
  const differences: string[] = [];
  for (const op of Object.keys(made.golden)) {
    rmSync(STAGING, { recursive: true, force: true });
    mkdirSync(STAGING);
    for (const differs of await runCase(made, op)) differences.push(`${op}: ${differs}`);
  }
  expect(differences).toEqual([]);
});
