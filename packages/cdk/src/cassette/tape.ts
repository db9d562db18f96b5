import { existsSync } from "node:fs";
import { join } from "node:path";
import { configError } from "../errors.ts";
import { skipWaits } from "../http/sleep.ts";
import type { Exchange, Transport } from "../http/types.ts";
import type { JsonObject } from "../json/value.ts";
import { setClock } from "./clock.ts";
import type { Unrecorded } from "./nearest-exchange.ts";
import { createRecorder, type Recorder } from "./record.ts";
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
  /** The folder of the recording, where one was written. */
  readonly folder?: string | undefined;
}

export interface TapeOptions {
  /** The cassette to record into. */
  readonly record?: string | undefined;
  /** The cassette to play. */
  readonly replay?: string | undefined;
  /** Whether what the cassette to play does not know, or all where there is none, is asked and recorded there. */
  readonly live?: boolean | undefined;
  /** The recording, such as `read`. */
  readonly name: string;
}

/**
 * Begins to record, or to play, one run. While a cassette is played the clock stands where the recorded run began, waits take no time, and nothing connects to anywhere.
 * @returns undefined where neither is wanted
 * @throws a config error where both are, or the cassette cannot be read
 */
export async function openTape({ record, replay, live, name }: TapeOptions): Promise<Tape | undefined> {
  if (record !== undefined && replay !== undefined) {
    throw configError("A run is either recorded or replayed: give one of --record and --replay.", {
      code: "two-tapes",
    });
  }
  if (record !== undefined) return recordingTape(record, name);
  if (replay === undefined) return undefined;
  if (live !== true) return playingTape(replay, name);
  return existsSync(replay) ? liveTape(replay, name) : recordingTape(replay, name);
}

function recordingTape(folder: string, name: string): Tape {
  const { transport, secret, config, finish } = createRecorder({ folder, name });
  return {
    transport,
    secret,
    config,
    recordedConfig: undefined,
    async close() {
      return { recorded: await finish(), unrecorded: [], folder: join(folder, name) };
    },
  };
}

/** Waits take their time: a server is asked again. */
async function liveTape(folder: string, name: string): Promise<Tape> {
  const player = await openPlayer(folder, name);
  const clock = setClock(player.startedAt);
  let own = "live";
  for (let count = 2; existsSync(join(folder, own)); count++) own = `live-${count}`;
  const secrets: (readonly [value: string, path: string | undefined])[] = [];
  let config: JsonObject | undefined;
  let recorder: Recorder | undefined;
  function recording(): Recorder {
    if (recorder !== undefined) return recorder;
    recorder = createRecorder({ folder, name: own });
    for (const secret of secrets) recorder.secret(...secret);
    if (config !== undefined) recorder.config(config);
    return recorder;
  }
  const transport: Transport = (exchange) => {
    const ask: Exchange = (request, options) => recording().transport(exchange)(request, options);
    return (request, options) => player.exchange(request, options, ask);
  };
  return {
    transport,
    secret(value, path) {
      player.secret(value, path);
      secrets.push([value, path]);
      recorder?.secret(value, path);
    },
    config: (given) => void (config = given),
    recordedConfig: player.config,
    async close() {
      clock.restore();
      if (recorder === undefined) return { recorded: 0, unrecorded: [] };
      return { recorded: await recorder.finish(), unrecorded: [], folder: join(folder, own) };
    },
  };
}

async function playingTape(folder: string, name: string): Promise<Tape> {
  const player = await openPlayer(folder, name);
  const transport: Transport = () => player.exchange;
  const clock = setClock(player.startedAt);
  const restores = [skipWaits(clock.advance), clock.restore];
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
