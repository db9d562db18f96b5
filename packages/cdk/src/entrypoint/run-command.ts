import { setTimeout } from "node:timers/promises";
import { sleep, type Sleep } from "../http/sleep.ts";
import type { SourceRun } from "../source.ts";
import { isUsage, parseArguments, type Arguments } from "./arguments.ts";
import { heartbeatPause, withHeartbeat } from "./heartbeat.ts";
import { readInputs, type Inputs } from "./inputs.ts";
import { createLog, logLevel } from "./log.ts";
import { createOutput, type Output } from "./output.ts";
import { fail, runVerb, type OpenSource } from "./run-verb.ts";
import { createSecrets, type Secrets } from "./secrets.ts";
import { streamSink, type Target } from "./sink.ts";
import { createStop } from "./stop.ts";
import { taped, tapesOf, type Tapes } from "./taped.ts";

/** What a command meets: the process, or a test. */
export interface Surroundings {
  /** How the command is called in its usage. */
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Target;
  stderr(text: string): void;
  /** Waits for what an API wants to be waited for; the system's own timers where it is left out. */
  readonly sleep?: Sleep | undefined;
  /** Reads what the command line names, in place of the files. */
  readonly readInputs?: ((args: Arguments) => Promise<Inputs>) | undefined;
  readonly transport?: SourceRun["transport"];
  readonly observe?: SourceRun["observe"];
  /** Where the run is recorded to or played from; what the environment says when left out. */
  readonly tapes?: Tapes | undefined;
  readonly limits?: SourceRun["limits"];
  readonly profile?: SourceRun["profile"];
  /** What hides secrets, where more than the output has to. */
  readonly secrets?: Secrets | undefined;
  /** Tells what happens around the run; gives a function that ends this. */
  watch?(events: Events): () => void;
}

export interface Events {
  /** The process was told to end. */
  readonly stop: (exitCode: number, reason: string) => void;
  /** An exception that nobody caught. */
  readonly crash: (error: unknown) => void;
  /** A text that was written to stdout past the output. */
  readonly stray: (text: string) => void;
  readonly mask: (text: string) => string;
}

const NO_READER = 141; // what a shell says of a command that died of SIGPIPE
const LAST_WORDS = 1000; // milliseconds for a reader to take what is left of a run that was given up

/** Runs a connector's command line. Gives the exit code when all output is written. Never throws. */
export async function runCommand(open: OpenSource, argv: readonly string[], around: Surroundings): Promise<number> {
  const args = parseArguments(argv, around.program);
  if (isUsage(args)) {
    around.stderr(args.text);
    return args.exitCode;
  }
  return runArguments(open, args, around);
}

/** The same for a command line that was read. */
export async function runArguments(open: OpenSource, args: Arguments, around: Surroundings): Promise<number> {
  const secrets = around.secrets ?? createSecrets();
  const stop = createStop();
  const sink = streamSink(around.stdout, (error) => {
    const quiet = "code" in error && error.code === "EPIPE"; // the reader has what it wanted
    if (!quiet) around.stderr(`The output cannot be written: ${error.message}\n`);
    stop.giveUp(quiet ? NO_READER : 1);
  });
  const output = withHeartbeat(measured(createOutput({ sink, mask: secrets.mask }), around.profile), stop.signal, {
    pause: heartbeatPause(around.env["FERRY_HEARTBEAT_SECONDS"]),
  });
  const plain: SourceRun = {
    emit: output.message,
    log: createLog(logLevel(around.env["LOG_LEVEL"], args.debug), output.message),
    signal: stop.signal,
    sleep: (seconds) => (around.sleep ?? sleep)(seconds, stop.signal),
    now: () => Date.now(),
    secret: secrets.add,
    transport: around.transport,
    observe: around.observe,
    limits: around.limits,
    profile: around.profile,
  };
  const { run, read, close } = taped(plain, around.readInputs ?? readInputs, around.tapes ?? tapesOf(around.env));
  const unwatch = around.watch?.({
    stop(exitCode, reason) {
      run.log.warn(`Stopping: ${reason}.`);
      stop.request(exitCode, reason);
    },
    crash(error) {
      fail(error, args, run);
      stop.giveUp(1);
    },
    stray(text) {
      for (const line of text.split("\n")) if (line.trim() !== "") run.log.info(line);
    },
    mask: secrets.mask,
  });

  const running = runVerb(open, args, run, output, stop, read);
  const code = await Promise.race([running, stop.givenUp.then(() => 1)]);
  const ended = await close().catch((error: unknown) => fail(error, args, run));
  await Promise.race([output.end(), stop.givenUp.then(() => setTimeout(LAST_WORDS, undefined, { ref: false }))]);
  stop.clear();
  unwatch?.();
  return stop.exitCode ?? (ended === 1 ? 1 : code);
}

/** What it costs to print is output, where someone measures. */
function measured(output: Output, profile: SourceRun["profile"]): Output {
  if (profile === undefined) return output;
  return {
    ...output,
    message: (message) => profile.measure("output", () => output.message(message)),
    records: (batch) => profile.measure("output", () => output.records(batch)),
  };
}
