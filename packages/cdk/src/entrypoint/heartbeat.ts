import { watchWaits } from "../http/sleep.ts";
import type { State } from "../protocol/incoming-state.ts";
import { streamState } from "../protocol/make-message.ts";
import type { Message } from "../protocol/message.ts";
import type { ConfiguredAirbyteCatalog } from "../protocol/messages.gen.ts";
import type { Output } from "./output.ts";

/** Milliseconds. The platform gives a source up after some hours (3, unless it is set up otherwise). */
const PAUSE = 15 * 60_000;

/** An output that does not fall silent while the source waits. */
export interface BeatingOutput extends Output {
  /** What to send where no STATE went out yet. Until then, or for nothing, a wait is silent. */
  startFrom(message: Message | undefined): void;
}

export interface HeartbeatOptions {
  /** Milliseconds of silence; some minutes when left out. */
  readonly pause?: number | undefined;
  readonly clock?: () => number;
}

/**
 * Sends the last STATE again, as it was, where neither a RECORD nor a STATE went out for a while because the source
 * waits on purpose, e.g. as long as a Retry-After says: the platform takes only these two for a sign of life, and a
 * source that shows none is ended. A STATE that was sent before says nothing new: whoever resumes from it reads what
 * came since again. Its count of records is, as ever, what went out since the STATE before. A source that hangs without
 * a wait stays silent, so that it is found out.
 * @param signal whoever waits does so under it
 */
export function withHeartbeat(
  output: Output,
  signal: AbortSignal,
  { pause = PAUSE, clock = () => performance.now() }: HeartbeatOptions = {},
): BeatingOutput {
  let last: Message | undefined;
  let at = clock();
  let waits = 0;
  let timer: NodeJS.Timeout | undefined;

  function sent(message: Message): void {
    if (message.type === "STATE") last = message;
    if (message.type === "STATE" || message.type === "RECORD") at = clock();
  }
  function beat(): void {
    const left = at + pause - clock();
    if (left <= 0 && last !== undefined) {
      output.message(last);
      at = clock();
    }
    timer = setTimeout(beat, left > 0 ? left : pause);
  }
  watchWaits(signal, () => {
    if (waits++ === 0) beat();
    return () => {
      if (--waits === 0) clearTimeout(timer);
    };
  });

  return {
    ...output,
    message(message) {
      sent(message);
      output.message(message);
    },
    records(batch) {
      at = clock();
      output.records(batch);
    },
    startFrom(message) {
      last ??= message;
    },
  };
}

/**
 * The state that holds before a sync sent any: that of the first stream which brought one, else of the first stream the
 * empty one, by which all is read as without a state.
 */
export function startingState({ streams }: ConfiguredAirbyteCatalog, state: State): Message | undefined {
  const stateOf = ({ stream: { name, namespace } }: (typeof streams)[number]): ReturnType<State["of"]> =>
    state.of(name, namespace);
  const chosen = streams.find((stream) => Object.keys(stateOf(stream)).length > 0) ?? streams[0];
  return chosen && streamState(chosen.stream, stateOf(chosen));
}

/** The pause that the environment asks for, in milliseconds; undefined where it asks for none. */
export function heartbeatPause(seconds: string | undefined): number | undefined {
  const pause = Number(seconds ?? "") * 1000;
  return pause > 0 ? pause : undefined;
}
