import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { caseNames, loadCase } from "./comparison/case.ts";
import { runCase } from "./comparison/run-case.ts";

// Cases are made by `test/cases/make.py`, which runs the reference. Only the clock stands still: timers run.
beforeAll(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterAll(() => void vi.useRealTimers());

test.each(caseNames)("%s", async (name) => {
  const made = loadCase(name);
  vi.setSystemTime(made.now);
  const differences: string[] = [];
  for (const op of Object.keys(made.golden)) {
    for (const differs of await runCase(made, op)) differences.push(`${op}: ${differs}`);
  }
  expect(differences).toEqual([]);
});
