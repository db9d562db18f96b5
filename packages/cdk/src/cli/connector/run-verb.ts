import type { Verb } from "../../entrypoint/arguments.ts";
import { countRecords } from "../../entrypoint/count-records.ts";
import type { BeatingOutput } from "../../entrypoint/heartbeat.ts";
import { createLog, type Level } from "../../entrypoint/log.ts";
import { maskMessage } from "../../entrypoint/mask-message.ts";
import { runVerb as runEntrypointVerb } from "../../entrypoint/run-verb.ts";
import { createSecrets, type Secrets } from "../../entrypoint/secrets.ts";
import { createStop } from "../../entrypoint/stop.ts";
import { taped, type Tapes } from "../../entrypoint/taped.ts";
import type { TapeEnd } from "../../cassette/tape.ts";
import { sleep, type Sleep } from "../../http/sleep.ts";
import { parseJson } from "../../json/parse.ts";
import type { Json, JsonObject } from "../../json/value.ts";
import { parseState } from "../../protocol/incoming-state.ts";
import type { Message, RecordBatch } from "../../protocol/message.ts";
import type { ConfiguredAirbyteCatalog } from "../../protocol/messages.gen.ts";
import type { SourceRun } from "../../source.ts";
import { discovering, type Discovery } from "./discovering.ts";
import type { Connector } from "./open-connector.ts";

/** What a verb is given; see `readConfig`. */
export interface VerbInputs {
  readonly config?: JsonObject | undefined;
  /** What to read; the streams that `discover` gives, or those of them that are named, when left out. */
  readonly catalog?: ConfiguredAirbyteCatalog | undefined;
  readonly streams?: Discovery["streams"];
  /** Told what is read, before it is; what it gives is the state to start from. */
  readonly chosen?: Discovery["chosen"];
  /** The content of a state file. */
  readonly state?: Json | undefined;
}

/** What is done with what comes of it. */
export interface VerbOptions {
  /** Each message as the connector's output would print it: secrets masked, records counted into states. */
  onMessage(message: Message): void;
  /** Records before they become objects; each is a RECORD message to `onMessage` when left out. */
  onRecords?(batch: RecordBatch): void;
  /** Ends the read. */
  readonly signal?: AbortSignal | undefined;
  readonly logLevel?: Level | undefined;
  readonly transport?: SourceRun["transport"];
  readonly observe?: SourceRun["observe"];
  readonly limits?: SourceRun["limits"];
  readonly profile?: SourceRun["profile"];
  /** What hides secrets, where the caller shows more than messages. */
  readonly secrets?: Secrets | undefined;
  readonly sleep?: Sleep | undefined;
  /** Where the run is recorded to, or played from. */
  readonly tapes?: Tapes | undefined;
}

export interface VerbRun {
  /** What the connector's own command would end with. */
  readonly exitCode: number;
  /** What came of recording or playing it, where that was wanted. */
  readonly tape?: TapeEnd | undefined;
}

/**
 * Runs a verb of a connector in this process and prints nothing. Never throws for what goes wrong in the connector: that
 * comes as messages. A `read` without a catalog discovers it first.
 */
export async function runVerb(
  { open }: Pick<Connector, "open">,
  verb: Verb,
  { config, catalog, streams, chosen, state = null }: VerbInputs,
  options: VerbOptions,
): Promise<VerbRun> {
  const secrets = options.secrets ?? createSecrets();
  const stop = createStop();
  const counts = countRecords();
  const emit = (message: Message): void => options.onMessage(counts.message(maskMessage(message, secrets.mask)));
  const output: BeatingOutput = {
    message: emit,
    records(batch) {
      counts.records(batch);
      if (options.onRecords !== undefined) options.onRecords(batch);
      else for (const message of recordMessages(batch)) options.onMessage(message);
    },
    behind: () => undefined,
    end: () => Promise.resolve(),
    startFrom: () => undefined,
  };
  const abort = (): void => stop.request(1, "the command was stopped");
  options.signal?.addEventListener("abort", abort, { once: true });
  if (options.signal?.aborted === true) abort();
  const { run, read, close } = taped(
    {
      emit,
      log: createLog(options.logLevel ?? "INFO", emit),
      signal: stop.signal,
      sleep: (seconds) => (options.sleep ?? sleep)(seconds, stop.signal),
      now: () => Date.now(), // the clock may be set meanwhile
      secret: secrets.add,
      transport: options.transport,
      observe: options.observe,
      limits: options.limits,
      profile: options.profile,
    },
    async () => ({ config: config ?? (verb === "spec" ? undefined : {}), catalog, state: parseState(state) }),
    options.tapes ?? {},
  );
  try {
    const opening = verb === "read" ? discovering(open, { streams, catalog, chosen }) : open;
    const running = runEntrypointVerb(opening, { verb, debug: false }, run, output, stop, read);
    const exitCode = await Promise.race([running, stop.givenUp.then(() => 1)]);
    return { exitCode, tape: await close() };
  } finally {
    await close();
    options.signal?.removeEventListener("abort", abort);
    stop.clear();
  }
}

function* recordMessages({ stream, namespace, batch }: RecordBatch): Generator<Message> {
  for (let index = 0; index < batch.length; index++) {
    const meta = batch.meta?.(index);
    const file = batch.fileReference?.(index);
    yield {
      type: "RECORD",
      record: {
        ...(namespace === undefined ? {} : { namespace }),
        stream,
        data: parseJson(batch.text(index)) as JsonObject, // what is printed of a record is an object
        emitted_at: Date.now(),
        ...(meta === undefined ? {} : { meta }),
        ...(file === undefined ? {} : { file_reference: file }),
      },
    };
  }
}
