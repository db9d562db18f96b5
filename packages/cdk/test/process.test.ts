import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configured, messagesOf } from "../src/testing/run-connector.ts";
import { ended, residentMegabytes, sourceProcess } from "./source-process.ts";

const { bundle, remove, file, run, start } = sourceProcess("tiny-source.ts");
beforeAll(bundle);
afterAll(remove);

const config = (does: string, more: object = {}): string => file("config.json", { does, key: "s3cr3t-key", ...more });
const catalog = file("catalog.json", configured(["numbers", "incremental"], "others"));
const read = (does: string, more?: object): string[] => ["read", "--config", config(does, more), "--catalog", catalog];

/** What a line says, shortly. */
function outline({ messages }: Pick<ReturnType<typeof messagesOf>, "messages">): string[] {
  return messages.map((message) => {
    if (message.type === "LOG") return `LOG ${message.log.level}`;
    if (message.type === "CONNECTION_STATUS") return message.connectionStatus.status;
    if (message.type !== "TRACE") return message.type;
    const { error, stream_status: status } = message.trace;
    if (status !== undefined) return `${status.stream_descriptor.name} ${status.status}`;
    return `ERROR ${error?.failure_type ?? ""}`;
  });
}

const broken = file("broken.json", "{");
const list = file("list.json", []);
const unknown = file("catalog.json", configured("numbres", "others"));
const noCatalog = file("catalog.json", { streams: [{ name: "numbers" }] });
const exits: [string, string[], number, string[]][] = [
  ["spec", ["spec"], 0, ["SPEC"]],
  ["check", ["check", "--config", config("")], 0, ["LOG INFO", "SUCCEEDED"]],
  ["check of an invalid config", ["check", "--config", config("", { count: "x" })], 0, ["FAILED"]],
  ["check that a config error ends", ["check", "--config", config("refuse")], 0, ["ERROR config_error", "FAILED"]],
  ["check that crashes", ["check", "--config", config("crash")], 1, ["LOG FATAL", "ERROR system_error", "FAILED"]],
  [
    "check that crashes elsewhere",
    ["check", "--config", config("crash aside")],
    1,
    ["LOG FATAL", "ERROR system_error", "FAILED"],
  ],
  ["a config that is not there", ["check", "--config", "/nowhere.json"], 1, ["ERROR config_error"]],
  ["a config that is no JSON", ["discover", "--config", broken], 1, ["ERROR config_error"]],
  ["a config that is no object", ["discover", "--config", list], 1, ["ERROR config_error"]],
  ["a catalog that is none", ["read", "--config", config(""), "--catalog", noCatalog], 1, ["ERROR config_error"]],
  ["a state that is none", [...read(""), "--state", broken], 1, ["ERROR config_error"]],
  [
    "a state in the wrong place",
    [...read(""), "--state", file("state.json", [{ type: "STREAM" }])],
    1,
    ["ERROR config_error"],
  ],
  ["discover", ["discover", "--config", config("")], 0, ["CATALOG"]],
  [
    "discover of an invalid config",
    ["discover", "--config", config("", { no: 1 })],
    1,
    ["LOG FATAL", "ERROR config_error"],
  ],
  ["read of an invalid config", read("", { no: 1 }), 1, ["LOG FATAL", "ERROR config_error"]],
  [
    "read",
    read("", { count: 2 }),
    0,
    [
      "numbers STARTED",
      "numbers RUNNING",
      "RECORD",
      "RECORD",
      "STATE",
      "numbers COMPLETE",
      "STATE",
      "others STARTED",
      "others RUNNING",
      "RECORD",
      "others COMPLETE",
      "STATE",
    ],
  ],
  [
    "read of a stream that is not there",
    ["read", "--config", config(""), "--catalog", unknown],
    0,
    ["LOG ERROR", "numbres INCOMPLETE", "others STARTED", "others RUNNING", "RECORD", "others COMPLETE", "STATE"],
  ],
  [
    "read that waits for what never comes",
    read("dead end", { count: 1 }),
    1,
    ["numbers STARTED", "numbers RUNNING", "RECORD", "LOG FATAL", "ERROR system_error"],
  ],
  [
    "read of a stream that fails",
    read("stumble", { count: 1 }),
    1,
    [
      "numbers STARTED",
      "numbers RUNNING",
      "RECORD",
      "ERROR system_error",
      "numbers INCOMPLETE",
      "others STARTED",
      "others RUNNING",
      "RECORD",
      "others COMPLETE",
      "STATE",
      "LOG FATAL",
      "ERROR config_error",
    ],
  ],
];
test.concurrent.each(exits)("%s", async (_, args, exitCode, expected) => {
  const result = await run(args);
  expect(outline(result)).toEqual(expected);
  expect(result.stderr).toBe("");
  expect(result.exitCode).toBe(exitCode);
  expect(result.lines.join("\n")).not.toContain("s3cr3t-key");
});

const usages: [string[], number, string][] = [
  [[], 2, "A command is missing: one of spec, check, discover, read."],
  [["chek"], 2, 'There is no command "chek". Did you mean check?'],
  [["check"], 2, "check needs --config."],
  [["read"], 2, "read needs --config and --catalog."],
  [["check", "--cofnig", "x"], 2, "check has no flag --cofnig. Did you mean --config?"],
  [["check", "--config"], 2, "--config needs the path of a file."],
  [["check", "x", "--config", "y"], 2, 'The argument "x" is not understood.'],
  [["--help"], 0, "Usage:"],
  [["read", "-h"], 0, "tiny-source.mjs read --config FILE --catalog FILE [--state FILE]"],
];
test.concurrent.each(usages)("usage of %j", async (args, exitCode, text) => {
  const result = await run(args);
  expect(result.exitCode).toBe(exitCode);
  expect(result.stderr).toContain(text);
  expect(result.lines).toEqual([]);
});

const problems = [
  "/other is not known: must be one of does, count, key",
  '/count is "x" but must be an integer',
  "/key is **** but must be a text",
];
test("all problems of a config are told at once, secrets hidden", async () => {
  const wrong = file("config.json", { count: "x", key: 12345678, other: 1 });
  const checked = await run(["check", "--config", wrong]);
  const [status] = checked.of("CONNECTION_STATUS").map(({ connectionStatus }) => connectionStatus);
  expect(status?.message?.replace("Config validation error: ", "").split("\n").sort()).toEqual(problems.sort());
  expect(checked.lines.join("")).not.toContain("12345678");
});

const perStream = { type: "STREAM", stream: { stream_descriptor: { name: "numbers" }, stream_state: { id: 7 } } };
const global = { type: "GLOBAL", global: { stream_states: [perStream.stream] } };
test.concurrent.each([
  ["per stream", [perStream]],
  ["whole messages", [{ type: "STATE", state: perStream }]],
  ["global", [global]],
  ["one message", perStream],
  ["the legacy object", { numbers: { id: 7 } }],
  ["a legacy message", [{ type: "LEGACY", data: { numbers: { id: 7 } } }]],
])("a stream is read on from a state that is %s", async (_, state) => {
  const result = await run([...read("", { count: 2 }), "--state", file("state.json", state)]);
  expect(result.records("numbers").map(({ id }) => id)).toEqual([7, 8]);
  expect(result.of("STATE")[0]!.state.stream?.stream_state).toEqual({ id: 9 });
});

test("keys of the runtime are no part of a config that allows no others", async () => {
  const reserved = { _limit: 1, _page_size: 1, __command: "read", __should_migrate: true, __should_normalize: true };
  expect(outline(await run(["check", "--config", config("", reserved)]))).toEqual(["LOG INFO", "SUCCEEDED"]);
});

test("secrets are hidden in every message to people, and left alone in data", async () => {
  const told = await run(["check", "--config", config("refuse", { key: 'a b/c"d!' })]);
  expect(told.of("CONNECTION_STATUS")[0]!.connectionStatus.message).toBe('The key "****" is refused.');
  const result = await run(read("leak", { count: 1 }));
  expect(result.records("numbers")[0]!["wide"]).toBe("s3cr3t-key");
  expect(result.of("STATE")[0]!.state.stream?.stream_state).toEqual({ key: "s3cr3t-key" });
  expect(result.of("CONTROL")[0]!.control.connectorConfig?.config).toEqual({ key: "s3cr3t-key" });
  expect(result.logs()).toEqual(["INFO key=**** Basic dXNlcjpz****"]);
});

test("flags may be shortened, and joined by =", async () => {
  const result = await run(["check", `--conf=${config("")}`, "--debug"]);
  expect(outline(result)).toEqual(["LOG INFO", "SUCCEEDED"]);
});

test("what a source prints itself becomes LOG, on stderr its secrets are masked", async () => {
  const result = await run(["check", "--config", config("print")]);
  expect(result.logs()).toEqual(['INFO the key is "****"', "INFO and so on", "INFO Check succeeded"]);
  expect(result.stderr).toBe('on stderr: "****"\n');
});

test.concurrent.each([
  ["--debug", ["--debug"], {}],
  ["LOG_LEVEL=debug", [], { LOG_LEVEL: "debug" }],
])("%s shows DEBUG logs", async (_, args, env) => {
  const result = await run(["check", "--config", config("tell"), ...args], env);
  expect(outline(result)).toEqual(["LOG DEBUG", "LOG INFO", "SUCCEEDED"]);
  expect(outline(await run(["check", "--config", config("tell")]))).toEqual(["LOG INFO", "SUCCEEDED"]);
});

test("LOG_LEVEL hides what is less grave", async () => {
  const result = await run(["check", "--config", config("")], { LOG_LEVEL: "warn" });
  expect(outline(result)).toEqual(["SUCCEEDED"]);
});

test("a reader that stops reading does not make the source grow", async () => {
  const child = start(read("", { count: 200_000 })); // 200 MB
  const exit = ended(child);
  let bytes = 0;
  await once(child.stdout, "data");
  child.stdout.pause();
  const memory: number[] = [];
  for (let look = 0; look < 6; look++) {
    await setTimeout(250);
    memory.push(residentMegabytes(child));
  }
  expect(Math.max(...memory)).toBeLessThan(150);
  child.stdout.on("data", (chunk: Buffer) => (bytes += chunk.length));
  child.stdout.resume();
  expect(await exit).toBe(0);
  expect(bytes).toBeGreaterThan(190e6);
});

test("a reader that goes away ends the source without a word", async () => {
  const child = start(read("", { count: 1_000_000 }));
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.once("data", () => child.stdout.destroy());
  expect(await ended(child)).toBe(141);
  expect(stderr).toBe("");
});

test.skipIf(!existsSync("/dev/full"))("output that cannot be written is no success", async () => {
  const full = openSync("/dev/full", "w");
  const child = start(["spec"], {}, full);
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  expect(await ended(child)).toBe(1);
  expect(stderr).toMatch(/^The output cannot be written: ENOSPC/);
  closeSync(full);
});

test.concurrent.each([
  ["SIGTERM", 143],
  ["SIGINT", 130],
] as const)("%s while reading: the state is sent, and the exit code tells the signal", async (signal, exitCode) => {
  const child = start(read("wait", { count: 1_000_000 }));
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => {
    if (stdout === "") child.kill(signal);
    stdout += chunk.toString();
  });
  expect(await ended(child)).toBe(exitCode);
  const result = messagesOf(stdout);
  expect(result.of("STATE").map(({ state }) => state.stream?.stream_descriptor.name)).toEqual(["numbers"]);
  expect(result.statuses("numbers").at(-1)).toBe("INCOMPLETE");
  expect(result.logs()).toEqual([`WARN Stopping: the process got ${signal}.`]);
});

test.concurrent.each([
  ["never ends", "hang"],
  ["does not listen", "ignore"],
])("SIGTERM ends a source that %s", async (_, does) => {
  const child = start(read(does, { count: 100_000_000 }));
  child.stdout.once("data", () => child.kill("SIGTERM")).resume();
  expect(await ended(child)).toBe(143);
});

test("a second signal ends at once", async () => {
  const child = start(read("hang"));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.stdout.resume();
  const begin = performance.now();
  child.kill("SIGTERM");
  await setTimeout(300);
  child.kill("SIGINT");
  expect(await ended(child)).toBe(143);
  expect(performance.now() - begin).toBeLessThan(3000);
});
