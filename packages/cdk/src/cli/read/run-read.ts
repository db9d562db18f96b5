import { existsSync } from "node:fs";
import { readJson } from "../../entrypoint/inputs.ts";
import { printJson } from "../../json/print.ts";
import type { Json } from "../../json/value.ts";
import { parseCatalog } from "../../protocol/configured-catalog.ts";
import { parseState } from "../../protocol/incoming-state.ts";
import type { Message } from "../../protocol/message.ts";
import type { Limits } from "../../roles/limits.ts";
import { discovering, type Discovery } from "../connector/discovering.ts";
import { openConnector, type Connector } from "../connector/open-connector.ts";
import { resolvedManifest } from "../connector/resolved-manifest.ts";
import { tapped } from "../connector/tapped.ts";
import type { Out, OutFormat } from "../out/open-out.ts";
import { runForPeople } from "../run/run-for-people.ts";
import { runProtocol } from "../run/run-protocol.ts";
import { openSession, type Session } from "../run/session.ts";
import type { VerbArguments } from "../run/verb-arguments.ts";
import type { Place } from "../run/verb-command.ts";
import { formatOf } from "../terminal/format.ts";
import { createProgress } from "../terminal/progress.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { createProgressModel, type ProgressModel } from "./progress-model.ts";
import { progressLines, summary } from "./progress-lines.ts";
import { keepStates } from "./state-keeper.ts";
import { cursorsOf } from "../state/cursors.ts";
import { stateSince } from "../state/since.ts";

export interface ReadArguments extends VerbArguments {
  readonly catalog?: string | undefined;
  readonly state?: string | undefined;
  readonly stateOut?: string | undefined;
  readonly stream?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly pages?: number | undefined;
  readonly slices?: number | undefined;
  readonly since?: string | undefined;
  readonly out?: string | undefined;
  readonly outFormat?: OutFormat | undefined;
}

/** Reads: as lines of the protocol, or with its progress for people. */
export async function runRead(args: ReadArguments, place: Place): Promise<number> {
  const { terminal, surroundings } = place;
  const isText = formatOf(args.format, terminal, "jsonl") === "text";
  const model = createProgressModel(isLimited(args));
  const connector = await openConnector(args.target);
  const read = await prepare(args, connector); // what is wrong with an input is told before any file is opened
  const session = await openSession(args, terminal, isText ? [model] : [], connector);
  if (isText) return readForPeople(args, session, read, model, terminal);
  if (args.out !== undefined) return readToFiles(args, session, read, terminal);
  const { discovery, limits, state } = read;
  const states = keepStates();
  const code = await runProtocol(
    session,
    {
      verb: "read",
      debug: args.debug,
      inputs: { state: parseState(state), catalog: discovery.catalog },
      limits,
      around: (open) => tapped(discovering(open, discovery), states.message),
    },
    surroundings,
  );
  if (args.stateOut !== undefined) states.save(args.stateOut, parseState(state));
  return code;
}

const isLimited = ({ limit, pages, slices }: ReadArguments): boolean =>
  limit !== undefined || pages !== undefined || slices !== undefined;

/** What a read starts from. */
interface Prepared {
  readonly discovery: Discovery;
  readonly limits: Limits | undefined;
  /** The content of the state's file, null for none. */
  readonly state: Json;
}

async function prepare(args: ReadArguments, connector: Connector): Promise<Prepared> {
  const { limit: records, pages, slices, since } = args;
  const state = args.state === undefined || !existsSync(args.state) ? null : await readJson("state", args.state);
  return {
    discovery: {
      streams: args.stream,
      catalog: args.catalog === undefined ? undefined : parseCatalog(await readJson("catalog", args.catalog)),
      chosen: since === undefined ? undefined : stateSince(since, cursorsOf(await resolvedManifest(connector))),
    },
    limits: isLimited(args) ? { records, pages, slices } : undefined,
    state,
  };
}

/** Records go to files, the other messages to stdout. */
async function readToFiles(args: ReadArguments, session: Session, read: Prepared, terminal: Terminal): Promise<number> {
  return readInto(args, session, read, {
    complain: terminal.complain,
    style: terminal.remarks,
    message: (message) => terminal.print(`${printJson(message)}\n`),
  });
}

async function readForPeople(
  args: ReadArguments,
  session: Session,
  read: Prepared,
  model: ProgressModel,
  terminal: Terminal,
): Promise<number> {
  const progress = createProgress(terminal);
  const draw = (): void =>
    progress.show(() => progressLines(model, terminal, performance.now(), process.memoryUsage.rss()));
  const timer = setInterval(draw, 100);
  timer.unref();
  const start = performance.now();
  const files = new Map<string, string>();
  try {
    const code = await readInto(args, session, read, {
      complain: progress.remark,
      style: terminal.remarks,
      message(message) {
        model.message(message);
        draw();
      },
      records(stream, count) {
        model.records(stream, count);
        draw();
      },
      record: args.limit !== undefined && args.out === undefined ? progress.print : undefined,
      file: (stream, path) => files.set(stream, path),
    });
    progress.clear();
    const seconds = (performance.now() - start) / 1000;
    terminal.print(summary(model, files, terminal, seconds, process.memoryUsage.rss()));
    return code;
  } finally {
    clearInterval(timer);
    progress.clear();
  }
}

interface Reader {
  readonly complain: (text: string) => void;
  readonly style: Terminal["style"];
  message(message: Message): void;
  records?(stream: string, count: number): void;
  /** Shows a record, where few are read. */
  readonly record?: ((text: string) => void) | undefined;
  /** Told of a file that is whole. */
  file?(stream: string, path: string): void;
}

async function readInto(args: ReadArguments, session: Session, read: Prepared, reader: Reader): Promise<number> {
  const states = keepStates();
  const whole = new Set<string>();
  const failed = new Set<string>();
  const { discovery, limits, state } = read;
  const { openOut } = args.out === undefined ? { openOut: undefined } : await import("../out/open-out.ts");
  let out: Out | undefined;
  try {
    const code = await runForPeople(
      session,
      "read",
      {
        ...discovery,
        state,
        chosen(selected, given) {
          out = openOut?.(args.out!, args.outFormat, selected);
          return discovery.chosen?.(selected, given) ?? given;
        },
      },
      {
        complain: reader.complain,
        style: reader.style,
        logLevel: args.debug ? "DEBUG" : "INFO",
        limits,
        onMessage(message) {
          states.message(message);
          noteEnd(message, limits !== undefined, whole, failed);
          reader.message(message);
        },
        onRecords(item) {
          if (session.profile === undefined) out?.write(item);
          else session.profile.measure("output", () => out?.write(item));
          reader.records?.(item.stream, item.batch.length);
          if (reader.record === undefined) return;
          for (let index = 0; index < item.batch.length; index++) {
            reader.record(`${item.stream} ${item.batch.text(index)}\n`);
          }
        },
      },
    );
    for (const name of out === undefined ? [] : whole) {
      const path = await out!.finish(name);
      reader.file?.(name, path);
    }
    for (const name of out === undefined ? [] : failed) {
      reader.complain(`${name} was not read whole: no file is written for it, and its state stays as it was.\n`);
    }
    return code;
  } finally {
    out?.discard();
    // What did not get into a file is read again.
    if (args.stateOut !== undefined)
      states.save(args.stateOut, parseState(state), out === undefined ? undefined : whole);
  }
}

/** A stream that was cut because it was asked for is whole enough. */
function noteEnd(message: Message, isLimited: boolean, whole: Set<string>, failed: Set<string>): void {
  if (message.type !== "TRACE") return;
  const { error, stream_status: status } = message.trace;
  if (error?.stream_descriptor !== undefined) failed.add(error.stream_descriptor.name);
  if (status === undefined) return;
  const { name } = status.stream_descriptor;
  if (status.status === "COMPLETE" || (status.status === "INCOMPLETE" && isLimited && !failed.has(name)))
    whole.add(name);
  else if (status.status === "INCOMPLETE") failed.add(name);
}
