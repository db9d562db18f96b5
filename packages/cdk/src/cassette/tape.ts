import { configError } from "../errors.ts";
import { skipWaits } from "../http/sleep.ts";
import type { Transport } from "../http/types.ts";
import type { JsonObject } from "../json/value.ts";
import { setClock } from "./clock.ts";
import { routeFetch } from "./fetch.ts";
import type { Unrecorded } from "./nearest-exchange.ts";
import { createRecorder } from "./record.ts";
import { openPlayer } from "./replay.ts";

/** What records a run or plays one again. The run has to be told of it, and it of the run's secrets. */
export interface Tape {
  readonly transport: Transport;
  readonly secret: (value: string, path?: string) => void;
  /** Learns the config of the run, so that a recording keeps it, without secrets. */
  readonly config: (config: JsonObject) => void;
  /** The config of the recorded run, its secrets as placeholders, where one is played. */
  readonly recordedConfig: JsonObject | undefined;
  /** Ends it: a recording is written, the process gets its clock back. */
  close(): Promise<TapeEnd>;
}

export interface TapeEnd {
  /** How many exchanges were written down. */
  readonly recorded: number;
  /** What a replay was asked in vain. */
  readonly unrecorded: readonly Unrecorded[];
}

export interface TapeOptions {
  /** The cassette to record into. */
  readonly record?: string | undefined;
  /** The cassette to play. */
  readonly replay?: string | undefined;
  /** The recording, such as `read`. */
  readonly name: string;
}

/**
 * Begins to record, or to play, one run. The process's `fetch` goes through it as well. While a cassette is played the
 * clock stands where the recorded run began, waits take no time, and nothing connects to anywhere.
 * @returns undefined where neither is wanted
 * @throws a config error where both are, or the cassette cannot be read
 */
export async function openTape({ record, replay, name }: TapeOptions): Promise<Tape | undefined> {
  if (record !== undefined && replay !== undefined) {
    throw configError("A run is either recorded or replayed: give one of --record and --replay.", {
      code: "two-tapes",
    });
  }
  if (record !== undefined) return recordingTape(record, name);
  return replay === undefined ? undefined : playingTape(replay, name);
}

function recordingTape(folder: string, name: string): Tape {
  const { transport, secret, config, finish } = createRecorder({ folder, name });
  const restore = routeFetch(transport);
  return {
    transport,
    secret,
    config,
    recordedConfig: undefined,
    async close() {
      restore();
      return { recorded: await finish(), unrecorded: [] };
    },
  };
}

async function playingTape(folder: string, name: string): Promise<Tape> {
  const player = await openPlayer(folder, name);
  const transport: Transport = () => player.exchange;
  const clock = setClock(player.startedAt);
  const restores = [routeFetch(transport), skipWaits(clock.advance), clock.restore];
  return {
    transport,
    secret: player.secret,
    config: () => undefined,
    recordedConfig: player.config,
    async close() {
      for (const restore of restores) restore();
      return { recorded: 0, unrecorded: player.unrecorded };
    },
  };
}
