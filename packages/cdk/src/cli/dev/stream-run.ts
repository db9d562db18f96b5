import { rewrite } from "../../entrypoint/watch-process.ts";
import { createSecrets } from "../../entrypoint/secrets.ts";
import type { Tapes } from "../../entrypoint/taped.ts";
import type { TapeEnd } from "../../cassette/tape.ts";
import type { HttpRequest } from "../../http/types.ts";
import type { JsonObject } from "../../json/value.ts";
import type { Message } from "../../protocol/message.ts";
import type { AirbyteStream } from "../../protocol/messages.gen.ts";
import type { Connector } from "../connector/open-connector.ts";
import { runVerb } from "../connector/run-verb.ts";
import { sentRequest, type SentRequest } from "./request-differences.ts";

/** What one run of a stream came to. */
export interface StreamRun {
  readonly stream: AirbyteStream;
  readonly records: readonly JsonObject[];
  readonly requests: readonly SentRequest[];
  readonly errors: readonly string[];
}

/** What one run of a connector came to. */
export interface ConnectorRun {
  /** The streams that were read. */
  readonly streams: readonly StreamRun[];
  /** Requests for no stream of the catalog: for tokens, and for parents that are none themselves. */
  readonly others: readonly SentRequest[];
  /** What went wrong with none of the streams. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** What the connector's code printed. */
  readonly stray: string;
  readonly tape: TapeEnd | undefined;
}

interface Reading {
  readonly stream: AirbyteStream;
  readonly records: JsonObject[];
  readonly errors: string[];
  readonly sent: HttpRequest[];
}

export interface RunOptions {
  readonly config: JsonObject;
  readonly tapes: Tapes;
  /** So many records of each stream are read. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Chooses the streams to read of those that are there. */
  readonly choose: (streams: readonly AirbyteStream[]) => readonly string[];
}

const ADVICE = "With --live it is asked, and the answer recorded.";

/** Discovers the streams of a connector, and reads those that are chosen. What goes wrong is told in the result. */
export async function runStreams(
  connector: Connector,
  { config, tapes, limit, signal, choose }: RunOptions,
): Promise<ConnectorRun> {
  const secrets = createSecrets();
  const runs = new Map<string, Reading>();
  const [others, errors, warnings]: [HttpRequest[], string[], Set<string>] = [[], [], new Set()];
  let known: readonly string[] = [];
  let stray = "";

  function onMessage(message: Message): void {
    if (message.type === "RECORD") runs.get(message.record.stream)?.records.push(message.record.data);
    else if (message.type === "LOG" && message.log.level === "WARN") warnings.add(message.log.message);
    else if (message.type === "TRACE" && message.trace.error !== undefined) {
      const { stream_descriptor: stream, message: text } = message.trace.error;
      (runs.get(stream?.name ?? "")?.errors ?? errors).push(text);
    }
  }

  const restore = rewrite(process.stdout, (text) => ((stray += text), "")); // stdout is ours
  try {
    const { tape } = await runVerb(
      connector,
      "read",
      {
        config,
        streams({ streams }) {
          known = streams.map(({ name }) => name);
          const chosen = choose(streams);
          for (const stream of streams.filter(({ name }) => chosen.includes(name))) {
            runs.set(stream.name, { stream, records: [], errors: [], sent: [] });
          }
          return chosen;
        },
      },
      {
        onMessage,
        signal,
        secrets,
        tapes,
        logLevel: "WARN",
        limits: { records: limit, pages: undefined, slices: undefined },
        transport: (exchange) => (request, options) => {
          const name = options.origin?.stream;
          const of = name === undefined || !known.includes(name) ? others : runs.get(name)?.sent;
          of?.push(request); // of a stream that is not read now it is a parent's
          return exchange(request, options);
        },
      },
    );
    const unrecorded = tape?.unrecorded ?? [];
    const advised = (text: string): string =>
      unrecorded.reduce((told, { message, finding }) => told.replace(message, `${finding}\n${ADVICE}`), text);
    const isOfStream = (text: string): boolean =>
      [...runs.values()].some((run) => run.errors.some((error) => text.includes(error)));
    const told = (requests: readonly HttpRequest[]): SentRequest[] =>
      requests.map((request) => sentRequest(request, secrets.mask));
    return {
      streams: [...runs.values()].map(({ sent, ...run }) => {
        return { ...run, errors: run.errors.map(advised), requests: told(sent) };
      }),
      others: told(others),
      errors: errors.filter((text) => !isOfStream(text)).map(advised), // the last one sums up those of streams
      warnings: [...warnings],
      stray,
      tape,
    };
  } finally {
    restore();
  }
}
