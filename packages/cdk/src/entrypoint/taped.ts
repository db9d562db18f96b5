import type { Tape, TapeEnd } from "../cassette/tape.ts";
import type { Transport } from "../http/types.ts";
import { copy, keys, remove, type JsonObject } from "../json/value.ts";
import type { SourceRun } from "../source.ts";
import type { Arguments } from "./arguments.ts";
import type { Inputs } from "./inputs.ts";

/** Where a run is recorded to, or played from. */
export interface Tapes {
  /** The cassette's folder to record into. */
  readonly record?: string | undefined;
  /** The cassette's folder to play from: nothing connects to anywhere then. */
  readonly replay?: string | undefined;
  /** Whether what the cassette to play does not know is asked, and recorded there. */
  readonly live?: boolean | undefined;
  /** The recording within the cassette; the verb when left out, `read-with-state` where there is a state. */
  readonly name?: string | undefined;
}

/** What the environment says: `FERRY_RECORD=DIR` or `FERRY_REPLAY=DIR` before any connector's own command. */
export const tapesOf = (env: Readonly<Record<string, string | undefined>>): Tapes => ({
  record: env["FERRY_RECORD"] || undefined, // set but empty is not set
  replay: env["FERRY_REPLAY"] || undefined,
});

export interface Taped {
  readonly run: SourceRun;
  readonly read: (args: Arguments) => Promise<Inputs>;
  /** Ends the recording; undefined where none was begun. */
  close(): Promise<TapeEnd | undefined>;
}

/**
 * A run that is recorded or played as wanted; as it is, where neither is. It begins when the inputs are read, so that what is
 * wrong with a cassette is told as what is wrong with an input.
 */
export function taped(run: SourceRun, read: Taped["read"], { record, replay, live, name }: Tapes): Taped {
  if (record === undefined && replay === undefined) return { run, read, close: async () => undefined };
  let tape: Tape | undefined;
  let unroute: (() => void) | undefined;
  const own: Transport = run.transport ?? ((exchange) => exchange);
  // What answers in place of a server is recorded as well; whoever watches sees what is played, too.
  const transport: Transport = (exchange) => {
    if (tape === undefined) return own(exchange);
    return record === undefined ? own(tape.transport(exchange)) : tape.transport(own(exchange));
  };
  return {
    run: {
      ...run,
      transport,
      secret(value, path) {
        run.secret(value, path);
        tape?.secret(value, path);
      },
    },
    async read(args) {
      const inputs = await read(args);
      if (args.verb === "spec") return inputs; // asks nobody
      const [{ openTape }, { routeFetch }] = await Promise.all([
        import("../cassette/tape.ts"),
        import("../cassette/fetch.ts"),
      ]);
      const hasState = inputs.state.streams.length > 0 || inputs.state.shared !== undefined;
      tape = await openTape({
        record,
        replay,
        live,
        name: name ?? (args.verb === "read" && hasState ? "read-with-state" : args.verb),
      });
      unroute = routeFetch(transport); // sources in code may use it
      if (inputs.config !== undefined) tape?.config(withoutInjected(inputs.config));
      return inputs;
    },
    async close() {
      const closing = tape;
      tape = undefined;
      unroute?.();
      const end = await closing?.close();
      if (record !== undefined && end !== undefined) run.log.info(`Recorded ${end.recorded} exchanges in ${record}.`);
      return end;
    },
  };
}

function withoutInjected(config: JsonObject): JsonObject {
  const own = copy(config);
  for (const key of keys(config)) if (key.startsWith("__injected_")) remove(own, key);
  return own;
}
