import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { routeFetch } from "../cassette/fetch.ts";
import { runDeclarative } from "../entrypoint/declarative.ts";
import { runCommand, type Surroundings } from "../entrypoint/run-command.ts";
import { entries, type Json, type JsonObject } from "../json/value.ts";
import { printJson } from "../json/print.ts";
import { parseJson } from "../json/parse.ts";
import type { Message } from "../protocol/message.ts";
import type { Source } from "../source.ts";
import { watchRequests, type SentRequest } from "./sent-requests.ts";
import type { TestServer } from "./server.ts";

/** What the files of a command line shall hold; written to a temporary folder, their flags added. */
export interface ConnectorInputs {
  readonly config?: Json;
  readonly catalog?: Json;
  readonly state?: Json;
  /** The address of a manifest's file, its text, or what it says: for a run without a source. */
  readonly manifest?: URL | string | JsonObject;
  /** Files beside the manifest, by their paths, such as `schemas/users.json`. */
  readonly beside?: JsonObject;
  /** The environment; nothing of the process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Stands in for all waits that an API wants, such as `async () => {}`. */
  readonly sleep?: (seconds: number) => Promise<void>;
  /** Answers all requests, whatever host they are for, those of `fetch` as well; see `startServer`. */
  readonly server?: Pick<TestServer, "url">;
  /** The folder of a cassette that the run is played from: no connection is made. */
  readonly cassette?: string | URL;
}

/** What a run sent, and how it ended. */
export interface ConnectorRun {
  readonly exitCode: number;
  /** Each line of stdout, as it was printed. */
  readonly lines: readonly string[];
  readonly messages: readonly Message[];
  readonly stderr: string;
  /** The requests, in order, as the connector made them. */
  readonly sent: readonly SentRequest[];
  /** The messages of one type, e.g. `of("STATE")`. */
  of<T extends Message["type"]>(type: T): Extract<Message, { type: T }>[];
  /** The data of all records of a stream, in order. */
  records(stream: string): JsonObject[];
  /** The statuses of a stream, in order. */
  statuses(stream: string): string[];
  /** The texts of all logs, each after its level. */
  logs(): string[];
  /** The last state of each stream: the `state` of the next run. */
  lastState(): Json;
}

/**
 * Runs a source in this process as its command line would, and keeps what it sends. Without a source it is
 * `source-declarative-manifest` that runs. A line of stdout that is no JSON object is an error.
 *
 * @example
 * const run = await runConnector(source, ["read"], { config: {}, catalog: configured("users") });
 * expect(run.records("users")).toEqual([{ id: 1 }]);
 */
export async function runConnector(
  source: Source | undefined,
  args: readonly string[],
  { env = {}, manifest, beside = {}, sleep, server, cassette, ...files }: ConnectorInputs = {},
): Promise<ConnectorRun> {
  const folder = await mkdtemp(join(tmpdir(), "ferry-test-"));
  let restoreFetch: (() => void) | undefined;
  try {
    const argv = [...args];
    for (const [flag, content] of Object.entries(files)) {
      const path = join(folder, `${flag}.json`);
      await writeFile(path, printJson(content));
      argv.push(`--${flag}`, path);
    }
    if (manifest instanceof URL) argv.push("--manifest-path", fileURLToPath(manifest));
    else if (manifest !== undefined) {
      const path = join(folder, "manifest.yaml");
      await writeFile(path, typeof manifest === "string" ? manifest : printJson(manifest));
      argv.push("--manifest-path", path);
    }
    for (const [path, content] of entries(beside)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), printJson(content));
    }
    const chunks: Buffer[] = [];
    let stderr = "";
    const { requests, transport } = watchRequests(server);
    const around: Surroundings = {
      program: "source-test",
      env,
      stdout: new Writable({
        write(chunk: Buffer, _, done) {
          chunks.push(Buffer.from(chunk)); // the chunk's memory is used again
          done();
        },
      }),
      stderr: (text) => (stderr += text),
      sleep,
      transport,
      ...(cassette === undefined ? {} : { tapes: { replay: pathOf(cassette) } }),
    };
    if (server !== undefined && !env["FERRY_RECORD"]) restoreFetch = routeFetch(transport);
    const exitCode =
      source === undefined
        ? await runDeclarative(argv, around)
        : await runCommand(async () => ({ source }), argv, around);
    return { exitCode, stderr, sent: requests, ...messagesOf(Buffer.concat(chunks).toString()) };
  } finally {
    restoreFetch?.();
    await rm(folder, { recursive: true });
  }
}

const pathOf = (place: string | URL): string => (typeof place === "string" ? place : fileURLToPath(place));

/** Reads the stdout of a connector. */
export function messagesOf(stdout: string): Omit<ConnectorRun, "exitCode" | "stderr" | "sent"> {
  const lines = stdout.split("\n").slice(0, -1);
  if (!stdout.endsWith("\n") && stdout !== "") throw new Error(`stdout ends within a line: ${stdout.slice(-200)}`);
  const messages = lines.map((line) => {
    if (!line.startsWith("{")) throw new Error(`a line of stdout is no message: ${line.slice(0, 200)}`);
    return parseJson(line) as Message; // what the output printed was one
  });
  const of = <T extends Message["type"]>(type: T): Extract<Message, { type: T }>[] =>
    messages.filter((message): message is Extract<Message, { type: T }> => message.type === type);
  return {
    lines,
    messages,
    of,
    records: (stream) => of("RECORD").flatMap(({ record }) => (record.stream === stream ? [record.data] : [])),
    statuses: (stream) =>
      of("TRACE").flatMap(({ trace: { stream_status: status } }) =>
        status?.stream_descriptor.name === stream ? [status.status] : [],
      ),
    logs: () => of("LOG").map(({ log }) => `${log.level} ${log.message}`),
    lastState() {
      const last = new Map<string, Json>();
      for (const { state } of of("STATE")) {
        last.set(JSON.stringify(state.stream?.stream_descriptor ?? null), state);
      }
      return [...last.values()];
    },
  };
}

/** A configured catalog of these streams, full refresh unless said otherwise (`"users"`, or `["users", "incremental"]`). */
export function configured(
  ...streams: readonly (string | readonly [string, "full_refresh" | "incremental"])[]
): JsonObject {
  return {
    streams: streams.map((stream) => {
      const [name, mode] = typeof stream === "string" ? [stream, "full_refresh"] : stream;
      return {
        stream: { name, json_schema: {}, supported_sync_modes: ["full_refresh", "incremental"] },
        sync_mode: mode,
        destination_sync_mode: "append",
      };
    }),
  };
}
