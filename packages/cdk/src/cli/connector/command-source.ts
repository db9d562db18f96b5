import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { systemError } from "../../errors.ts";
import { JsonError } from "../../json/json-error.ts";
import { parseJson } from "../../json/parse.ts";
import { printJson } from "../../json/print.ts";
import { valueRows } from "../../json/rows/value-rows.ts";
import { isObject, type Json } from "../../json/value.ts";
import type { State } from "../../protocol/incoming-state.ts";
import { streamState } from "../../protocol/make-message.ts";
import type { Message, RecordBatch } from "../../protocol/message.ts";
import type { Source, SourceRun } from "../../source.ts";

type Files = Readonly<Record<string, Json>>;

/**
 * A source that is a command which speaks the protocol.
 * @param commandOf the command, for a folder that holds its inputs
 * @param inside how the command calls this folder
 */
export function commandSource(commandOf: (folder: string) => readonly string[], inside?: string): Source {
  async function* run(verb: string, files: Files, { signal }: SourceRun): AsyncGenerator<Message> {
    const private_ = await mkdtemp(join(tmpdir(), "ferry-inputs-")); // for this user alone, whatever lies within
    const folder = join(private_, "inputs");
    try {
      await mkdir(folder, { mode: 0o755 }); // the container's user is another one
      const flags: string[] = [];
      for (const [name, content] of Object.entries(files)) {
        await writeFile(join(folder, `${name}.json`), printJson(content), { mode: 0o644 });
        flags.push(`--${name}`, `${inside ?? folder}/${name}.json`);
      }
      yield* messagesOf([...commandOf(folder), verb, ...flags], signal);
    } finally {
      await rm(private_, { recursive: true, force: true });
    }
  }
  /** The one message that the verb is about; the others are sent on. */
  async function only<T extends Message["type"]>(
    type: T,
    verb: string,
    files: Files,
    sourceRun: SourceRun,
  ): Promise<Extract<Message, { type: T }>> {
    let found: Extract<Message, { type: T }> | undefined;
    let said: string | undefined;
    for await (const message of run(verb, files, sourceRun)) {
      if (message.type === type)
        found = message as Extract<Message, { type: T }>; // its type says so
      else sourceRun.emit(message);
      if (message.type === "TRACE") said = message.trace.error?.message ?? said;
    }
    if (found !== undefined) return found;
    throw systemError(`The command's ${verb} gave no ${type} message.${said === undefined ? "" : ` It says: ${said}`}`);
  }

  return {
    spec: async (sourceRun) => (await only("SPEC", "spec", {}, sourceRun)).spec,
    check: async (config, sourceRun) =>
      (await only("CONNECTION_STATUS", "check", { config }, sourceRun)).connectionStatus,
    discover: async (config, sourceRun) => (await only("CATALOG", "discover", { config }, sourceRun)).catalog,
    async *read(config, catalog, state, sourceRun) {
      const files = { config, catalog: catalog as unknown as Json, ...stateFile(state) }; // a catalog is JSON
      let pending: Extract<Message, { type: "RECORD" }>["record"][] = [];
      for await (const message of run("read", files, sourceRun)) {
        const [first] = pending;
        const belongs =
          message.type === "RECORD" &&
          message.record.stream === first?.stream &&
          message.record.namespace === first.namespace;
        if (first !== undefined && (!belongs || pending.length === MOST)) {
          yield batchOf(pending);
          pending = [];
        }
        if (message.type === "RECORD") pending.push(message.record);
        else yield message;
      }
      if (pending.length > 0) yield batchOf(pending);
    },
  };
}

const MOST = 500; // records of a batch

function stateFile({ streams }: State): Files {
  if (streams.length === 0) return {};
  const list = streams.map(({ state, ...stream }) => streamState(stream, state));
  return { state: list.map((message) => (message as Extract<Message, { type: "STATE" }>).state as unknown as Json) };
}

function batchOf(records: readonly Extract<Message, { type: "RECORD" }>["record"][]): RecordBatch {
  const { stream, namespace } = records[0]!;
  const rows = valueRows(records.map(({ data }) => data));
  const hasMeta = records.some(({ meta }) => meta !== undefined);
  return {
    stream,
    namespace,
    batch: hasMeta ? { ...rows, meta: (index) => records[index]!.meta } : rows,
  };
}

/** What a command prints, message by message. @throws where it fails */
async function* messagesOf([program, ...args]: readonly string[], signal: AbortSignal): AsyncGenerator<Message> {
  const child = spawn(program!, args, { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-4000)));
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  ended.catch(() => undefined); // told below
  const stop = (): void => void child.kill("SIGTERM");
  signal.addEventListener("abort", stop, { once: true });
  let failed = false;
  try {
    for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
      const message = messageOf(line);
      if (message === undefined) continue;
      if (message.type === "TRACE" && message.trace.error !== undefined) failed = true;
      yield message;
    }
    const code = await ended;
    signal.throwIfAborted();
    if (code !== 0) {
      const words = failed ? "" : ` It says: ${stderr.trim()}`;
      throw systemError(`The command ${program!} ended with the exit code ${String(code)}.${words}`);
    }
  } finally {
    signal.removeEventListener("abort", stop);
    child.kill("SIGTERM");
  }
}

/** Undefined for a line that is no message: some print such. */
function messageOf(line: string): Message | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const message = parseJson(line);
    return isObject(message) && typeof message["type"] === "string" ? (message as unknown as Message) : undefined;
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
