/**
 * A read is killed at a random moment, and read on from the last states that came out: nothing may be missing then.
 * FERRY_KILLS says how often; .ci/run has 100 of them.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../../packages/cdk/src/json/value.ts";
import type { Message } from "../../packages/cdk/src/protocol/message.ts";
import { configured, messagesOf, runConnector } from "../../packages/cdk/src/testing/run-connector.ts";
import type { TestServer } from "../../packages/cdk/src/testing/server.ts";
import { ended, sourceProcess } from "../../packages/cdk/test/source-process.ts";
import { data, manifest, serve, streams } from "./api.ts";

const kills = Number(process.env["FERRY_KILLS"] ?? "") || 8;
const sideBySide = 3;
/** How many requests a whole read makes, about. */
const requests = 66;

const { bundle, remove, file, start } = sourceProcess("declarative-process.ts");
const catalog = configured(...streams.map((name) => [name, "incremental"] as const));
const asked = new Map<string, (count: number) => void>();
const counts = new Map<string, number>();
let server: TestServer;

beforeAll(async () => {
  process.setMaxListeners(0); // each run in this process leaves a listener that removes its cache
  server = await serve((run) => {
    const count = (counts.get(run) ?? 0) + 1;
    counts.set(run, count);
    asked.get(run)?.(count);
  });
  await bundle();
}, 60_000);
afterAll(async () => {
  await server.close();
  remove();
});

/** A small generator of numbers in [0, 1), the same for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Reads in a process of its own, which is killed `delay` milliseconds after so many requests. Gives its whole lines. */
async function killed(run: string, state: JsonObject, after: number, delay: number): Promise<string[]> {
  const inputs = {
    config: {},
    catalog,
    "manifest-path": manifest(`${server.url}/${run}`),
    state,
  };
  const args = Object.entries(inputs).flatMap(([name, content]) => [`--${name}`, file(`${name}.json`, content)]);
  const child = start(["read", ...args]);
  child.stderr.pipe(process.stderr, { end: false });
  asked.set(run, (count) => {
    if (count === after) setTimeout(() => child.kill("SIGKILL"), delay);
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  const exit = await ended(child);
  asked.delete(run);
  counts.delete(run);
  const lines = stdout.split("\n").slice(0, -1); // the last one may be cut
  return typeof exit === "number" ? [...lines, "ended"] : lines;
}

/** What the platform holds after these lines: ids of records by stream, and the last state of each. */
function held(lines: readonly string[], before: { records: ReadonlySet<string>; state: JsonObject }): typeof before {
  const records = new Set(before.records);
  const state: JsonObject = { ...before.state };
  for (const message of messagesOf(lines.map((line) => `${line}\n`).join("")).messages) {
    if (message.type === "RECORD") records.add(idOf(message.record));
    const stream = message.type === "STATE" ? message.state.stream : undefined;
    if (stream !== undefined) state[stream.stream_descriptor.name] = stream.stream_state ?? {};
  }
  return { records, state };
}

const idOf = ({ stream, data: row }: Extract<Message, { type: "RECORD" }>["record"]): string =>
  `${stream} ${String(row["id"])}`;
const everything = streams.flatMap((stream) => data[stream]!.map(({ id }) => `${stream} ${id}`)).sort();

/** Reads on to the end, in this process, and gives all that is held then. */
async function readOn(run: string, from: ReturnType<typeof held>): Promise<string[]> {
  const rest = await runConnector(undefined, ["read"], {
    config: {},
    catalog,
    state: from.state,
    manifest: manifest(`${server.url}/${run}`),
  });
  expect(rest.exitCode).toBe(0);
  return [...held(rest.lines, from).records].sort();
}

/** Kills once or twice, then reads on: from what came out last, and from an earlier moment, as if killed then. */
async function tryOnce(seed: number): Promise<boolean> {
  const next = random(seed * 7919);
  const run = `run${seed}`;
  let before: ReturnType<typeof held> = { records: new Set(), state: {} };
  let wasKilled = false;
  for (let times = next() < 0.3 ? 2 : 1; times > 0; times--) {
    const lines = await killed(run, before.state, 1 + Math.floor(next() * requests), next() * 8);
    if (lines.at(-1) === "ended") lines.pop();
    else wasKilled = true;
    const states = lines.flatMap((line, index) => (line.startsWith('{"type":"STATE"') ? [index] : []));
    const earlier = states[Math.floor(next() * states.length)];
    if (earlier !== undefined) expect(await readOn(run, held(lines.slice(0, earlier + 1), before))).toEqual(everything);
    before = held(lines, before);
  }
  expect(await readOn(run, before)).toEqual(everything);
  return wasKilled;
}

test(`a read that is killed loses nothing: ${kills} times`, { timeout: 20_000 + kills * 4000 }, async () => {
  let seed = 0;
  let killedReads = 0;
  const work = async (): Promise<void> => {
    while (seed < kills) if (await tryOnce(++seed)) killedReads++;
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  expect(killedReads).toBeGreaterThan(kills / 2);
});

test("a whole read has everything, and makes about as many requests as kills are spread over", async () => {
  expect(await readOn("whole", { records: new Set(), state: {} })).toEqual(everything);
  expect(Math.abs(counts.get("whole")! - requests)).toBeLessThan(20);
});
