import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi, type MockInstance } from "vitest";
import { configError } from "../errors.ts";
import { runCommandLine } from "./command-line.ts";
import type { CommandGroup } from "./groups.ts";

const calls: unknown[] = [];
const loaded: string[] = [];
const group = (name: string): CommandGroup => ({
  describe: `about ${name}`,
  load: async () => {
    loaded.push(name);
    return {
      command: name,
      describe: `about ${name}`,
      builder: (yargs) =>
        yargs
          .command(
            "run <file>",
            "runs",
            (own) => own.option("times", { type: "number", default: 1 }),
            (args) => {
              calls.push([args["file"], args["times"]]);
            },
          )
          .command("refuse", "refuses", {}, () => {
            throw configError("it is refused");
          })
          .command("crash", "crashes", {}, async () => Promise.reject(new TypeError("boom")))
          .demandCommand(1),
      handler: () => undefined,
    };
  },
});
const groups = { manifest: group("manifest"), image: group("image") };

let stderr: MockInstance;
let text = "";
beforeEach(() => {
  calls.length = 0;
  loaded.length = 0;
  text = "";
  stderr = vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
});
afterEach(() => stderr.mockRestore());

test("a command is run, of the only group that is loaded", async () => {
  expect(await runCommandLine(["manifest", "run", "a.yaml", "--times", "2"], groups)).toBe(0);
  expect(calls).toEqual([["a.yaml", 2]]);
  expect(loaded).toEqual(["manifest"]);
});

test.each([
  [[], 2, "A command is missing."],
  [["manifst"], 2, "Did you mean manifest?"],
  [["manifest", "rum", "x"], 2, "Did you mean run?"],
  [["manifest", "run", "x", "--tims", "2"], 2, "Unknown argument: tims"],
  [["manifest", "run"], 2, "Not enough non-option arguments"],
  [["manifest", "refuse"], 1, "it is refused\n"],
  [["manifest", "crash"], 1, "TypeError: boom"],
])("%j ends with %i", async (argv, exitCode, expected) => {
  expect(await runCommandLine(argv, groups)).toBe(exitCode);
  expect(text).toContain(expected);
  expect(calls).toEqual([]);
});

test("the version", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  expect(await runCommandLine(["--version"], groups)).toBe(0);
  expect(log.mock.calls).toEqual([[version]]);
  log.mockRestore();
});
