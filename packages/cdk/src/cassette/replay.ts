import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { systemError } from "../errors.ts";
import { bodyText as requestText } from "../http/body-text.ts";
import { codingsOf } from "../http/decompress.ts";
import { httpFailure } from "../http/failure.ts";
import { headersOf } from "../http/headers.ts";
import type { Answer, Exchange, ExchangeOptions, HttpRequest } from "../http/types.ts";
import type { KeptResponse } from "./exchange.ts";
import { bodyStream, bodyText } from "./kept-body.ts";
import { compared, requestKey, timelessKey } from "./match.ts";
import { describeUnrecorded, type Unrecorded } from "./nearest-exchange.ts";
import { readCassette, type NamedExchange, type Recording } from "./recording-file.ts";
import { createScrubber } from "./scrub.ts";
import { tellingRequestHeaders } from "./telling-headers.ts";

/** Answers from a cassette: no connection is made. */
export interface Player {
  /** @param otherwise answers what was not recorded; without it that fails */
  exchange(request: HttpRequest, options: ExchangeOptions, otherwise?: Exchange): Promise<Answer>;
  /** Learns a secret of this run, whose placeholder the cassette has; see `SourceRun.secret`. */
  readonly secret: (value: string, path?: string) => void;
  /** Where the clock of the run stands at its beginning: milliseconds since 1970. */
  readonly startedAt: number;
  /** The config of the recorded run, with placeholders for its secrets. */
  readonly config: Recording["config"];
  /** The requests that no recording answers. Each also failed with a message that says so. */
  readonly unrecorded: readonly Unrecorded[];
}

interface Track {
  readonly exchange: NamedExchange;
  /** Its place in the recording. */
  readonly place: number;
  /** When its answer ended: milliseconds since 1970; 0 where the recording does not say. */
  readonly endedAt: number;
  readonly folder: string;
  readonly headers: string;
  played: boolean;
}

/** A minute more than what was recorded may have passed when a replay asks until "now". */
const SLACK = 60_000;

/**
 * Opens a cassette for one run. The recordings are asked in the order of their names' likeness to `name`: a run that was
 * recorded as such is answered as it was then; others by what was asked at any time. Of equal requests each gets its
 * own answer, in the order of the recording; after that, the last one again.
 * @throws a config error where there is no cassette, or it cannot be read
 */
export async function openPlayer(folder: string, name: string): Promise<Player> {
  const recordings = byLikeness(await readCassette(folder), name);
  const first = recordings[0]!; // a cassette has one
  const scrubber = createScrubber();
  const from = Math.min(...recordings.map(({ startedAt }) => startedAt)) - SLACK;
  const books = await Promise.all(recordings.map((recording) => index(recording, from)));
  const unrecorded: Unrecorded[] = [];
  const turn = createTurns();

  function find(request: HttpRequest): Track | undefined {
    const text = requestText(request) ?? "";
    const asGiven = compared({ ...request, body: text });
    const scrubbed = compared({ ...request, url: scrubber.text(request.url), body: scrubber.text(text) });
    const headers = comparedHeaders(scrubber.headers(tellingRequestHeaders(request.headers)));
    for (const { exact, timeless, until } of books) {
      const now = Math.max(until, Date.now()) + SLACK;
      for (const tracks of [
        exact.get(requestKey(scrubbed)),
        exact.get(requestKey(asGiven)), // a secret of this run may look like something else, such as a page's number
        timeless.get(timelessKey(scrubbed, from, now)),
      ]) {
        if (tracks !== undefined) return next(tracks, headers);
      }
    }
    return undefined;
  }

  function failUnrecorded(request: HttpRequest): never {
    const url = scrubber.text(request.url);
    const asked = compared({ ...request, url, body: scrubber.text(requestText(request) ?? "") });
    const told = describeUnrecorded({ ...request, url }, asked, recordings, folder);
    unrecorded.push(told);
    throw systemError(told.message, { code: "not-recorded" });
  }

  return {
    async exchange(request, options, otherwise) {
      options.signal.throwIfAborted();
      const track = find(request);
      if (track === undefined) return otherwise === undefined ? failUnrecorded(request) : otherwise(request, options);
      track.played = true;
      await turn(track);
      const { response, failure } = track.exchange;
      if (response === undefined) throw httpFailure(failure?.kind ?? "other", failure?.message ?? "The request failed");
      return answerOf(track, response);
    },
    secret: (value, path) => {
      // A token obtained while replaying comes from the cassette, where it is a placeholder already.
      if (path !== undefined) scrubber.secret(value, path);
    },
    startedAt: first.startedAt,
    config: first.config,
    unrecorded,
  };
}

/** The next answer to a request: of those made with the same headers, which may hold a page or a partition, else of any. */
function next(tracks: readonly Track[], headers: string): Track {
  const alike = tracks.filter((track) => track.headers === headers);
  return (
    alike.find(({ played }) => !played) ?? alike.at(-1) ?? tracks.find(({ played }) => !played) ?? tracks.at(-1)! // no list is empty
  );
}

interface Book {
  readonly exact: ReadonlyMap<string, Track[]>;
  readonly timeless: ReadonlyMap<string, Track[]>;
  readonly until: number;
}

async function index(recording: Recording, from: number): Promise<Book> {
  const exact = new Map<string, Track[]>();
  const timeless = new Map<string, Track[]>();
  const until = recording.endedAt;
  for (const [place, exchange] of recording.exchanges.entries()) {
    const { request } = exchange;
    const headers = comparedHeaders(Object.entries(request.headers));
    const endedAt = (Date.parse(exchange.at) || 0) + exchange.milliseconds;
    const track: Track = { exchange, place, endedAt, folder: recording.folder, headers, played: false };
    const key = compared({ ...request, body: await bodyText(recording.folder, request.body) });
    for (const [book, name] of [
      [exact, requestKey(key)],
      [timeless, timelessKey(key, from, until + SLACK)],
    ] as const) {
      const known = book.get(name);
      if (known === undefined) book.set(name, [track]);
      else known.push(track);
    }
  }
  return { exact, timeless, until };
}

const comparedHeaders = (pairs: readonly (readonly [string, string])[]): string =>
  JSON.stringify(pairs.map(([name, value]) => [name.toLowerCase(), value]).sort());

/**
 * Answers requests that wait at the same time in the order in which their answers ended when they were recorded: what read
 * slices at the same time reads them in that order again.
 */
function createTurns(): (track: Track) => Promise<void> {
  const waiting: { readonly track: Track; readonly resolve: () => void }[] = [];
  function release(): void {
    const next = waiting.reduce((first, each) => (isEarlier(each.track, first.track) ? each : first));
    waiting.splice(waiting.indexOf(next), 1);
    next.resolve();
    // What it leads to may be a request whose answer ended before the others that wait.
    if (waiting.length > 0) setImmediate(release);
  }
  return (track) =>
    new Promise((resolve) => {
      if (waiting.length === 0) setImmediate(release);
      waiting.push({ track, resolve });
    });
}

const isEarlier = (a: Track, b: Track): boolean =>
  a.endedAt === b.endedAt ? a.place < b.place : a.endedAt < b.endedAt;

/** The recordings, that of this name first, then those whose names begin alike, the longest first. */
function byLikeness(recordings: readonly Recording[], name: string): readonly Recording[] {
  const common = (other: string): number => {
    if (other === name) return Infinity;
    const [a, b] = [name.split("-"), other.split("-")];
    const length = a.findIndex((part, at) => part !== b[at]);
    return length < 0 ? a.length : length;
  };
  return [...recordings].sort((a, b) => common(b.name) - common(a.name));
}

function answerOf({ exchange, folder }: Track, response: KeptResponse): Answer {
  const { failure } = exchange;
  // What follows a part that is known is not: said so only to whom reads on, which a compressed stream would do by itself.
  const isCoded =
    !response.raw && response.complete && codingsOf(headersOf(response.headers).get("content-encoding")).length > 0;
  const headers = response.headers.filter(([name]) => response.raw || !/^content-encoding$/i.test(name)).flat();
  return {
    status: response.status,
    headers: isCoded ? [...headers, "content-encoding", "gzip"] : headers,
    body: isCoded ? compressed(body()) : body(),
    discard: () => Promise.resolve(),
  };

  async function* body(): AsyncGenerator<Uint8Array> {
    yield* bodyStream(folder, response.body);
    if (failure !== undefined) throw httpFailure(failure.kind, failure.message);
    if (!response.complete) {
      throw systemError(`The rest of the answer in ${exchange.name}.yaml was not recorded: nobody read it then.`, {
        code: "not-recorded",
      });
    }
  }
}

/** As decoders see it where a server compresses: whether the header is there decides what they do. */
function compressed(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const zipped = createGzip();
  pipeline(Readable.from(body), zipped, () => undefined); // an error reaches the reader through the stream
  return zipped;
}
