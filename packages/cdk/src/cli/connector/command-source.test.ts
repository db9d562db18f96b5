import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "../../protocol/message.ts";
import { commandSource } from "./command-source.ts";
import { isImage, openImage } from "./open-image.ts";
import { openConnector } from "./open-connector.ts";
import { runVerb } from "./run-verb.ts";

test.each([
  ["airbyte/source-faker:6.2.0", true],
  ["airbyte/source-faker", true],
  ["localhost:5000/mine", true],
  [`mine@sha256:${"a".repeat(64)}`, true],
  ["mine", false],
  ["../folder", false],
  ["./mine:1", false],
])("%s is the name of an image: %j", (name, expected) => {
  expect(isImage(name)).toBe(expected);
});

/** A connector in another language, as far as it is needed here; as `podman` it finds its own name among the arguments. */
const script = `#!/usr/bin/env node
const { readFileSync } = require("node:fs");
const args = process.argv.slice(2);
const mount = /^(.*):(\\/.*):ro$/.exec(args.find((each) => each.endsWith(":ro")) ?? "");
const verb = args.find((each) => ["spec", "check", "discover", "read"].includes(each));
const file = (name) => {
  const at = args.indexOf("--" + name);
  return at < 0 ? undefined : JSON.parse(readFileSync(mount ? args[at + 1].replace(mount[2], mount[1]) : args[at + 1], "utf8"));
};
const say = (message) => console.log(JSON.stringify(message));
if (verb === "spec") say({ type: "SPEC", spec: { connectionSpecification: { type: "object", properties: { key: { type: "string", airbyte_secret: true } } } } });
if (verb === "check") say({ type: "CONNECTION_STATUS", connectionStatus: { status: file("config").key === "right" ? "SUCCEEDED" : "FAILED" } });
if (verb === "discover") say({ type: "CATALOG", catalog: { streams: [{ name: "a", json_schema: {}, supported_sync_modes: ["full_refresh"] }] } });
if (verb === "read") {
  console.log("a line that is no message");
  for (const n of [1, 2]) say({ type: "RECORD", record: { stream: file("catalog").streams[0].stream.name, data: { n }, emitted_at: 1 } });
  say({ type: "STATE", state: { type: "STREAM", stream: { stream_descriptor: { name: "a" }, stream_state: { before: file("state") ?? null } } } });
  if (file("config").key === "wrong") { console.error("out of order"); process.exit(3); }
}
`;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ferry-command-"));
  await writeFile(join(folder, "podman"), script);
  await chmod(join(folder, "podman"), 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(source: ReturnType<typeof commandSource>, key: string): Promise<[number, string[]]> {
  const told: string[] = [];
  const { exitCode } = await runVerb(
    { open: async () => ({ source }) },
    "read",
    { config: { key }, state: [] },
    {
      onMessage(message: Message) {
        if (message.type === "RECORD") told.push(JSON.stringify(message.record.data));
        else if (message.type === "TRACE") told.push(message.trace.error?.message ?? "");
        else told.push(message.type);
      },
    },
  );
  return [exitCode, told];
}

test("a command is read like any source, records and all; its failure is told with its last words", async () => {
  const source = commandSource(() => [join(folder, "podman")]);
  expect(await run(source, "right")).toEqual([0, ['{"n":1}', '{"n":2}', "STATE"]]);
  const [exitCode, told] = await run(source, "wrong");
  expect([exitCode, told.at(-1)]).toEqual([
    1,
    expect.stringContaining("ended with the exit code 3. It says: out of order"),
  ]);
});

test("an image is run by the tool that is there", async () => {
  const { open, name } = openImage("airbyte/source-a:1", { PATH: folder });
  const { source } = await open(
    { verb: "check", debug: false },
    { config: {}, catalog: undefined, state: undefined as never },
  );
  expect([name, (await run(source, "right"))[0]]).toEqual(["airbyte/source-a:1", 0]);
  expect(() => openImage("airbyte/source-a:1", { PATH: "" })).toThrow("podman or docker must be installed");
  await expect(openConnector("no-such-folder")).rejects.toThrow("There is no no-such-folder: name a manifest's file");
});
