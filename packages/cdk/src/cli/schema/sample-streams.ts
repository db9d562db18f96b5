import { existsSync } from "node:fs";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { configError, systemError } from "../../errors.ts";
import { parseJson } from "../../json/parse.ts";
import { get, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { createRecordSample, type RecordSample } from "../../json-schema/record-sample.ts";
import { cassetteOf, recordedConfig } from "../connector/cassette-of.ts";
import type { AirbyteStream } from "../../protocol/messages.gen.ts";
import type { Connector } from "../connector/open-connector.ts";
import { runVerb } from "../connector/run-verb.ts";

/** What records of each stream are like, and where they come from. */
export interface StreamSamples {
  readonly from: string;
  readonly samples: ReadonlyMap<string, RecordSample>;
  /** The streams that the connector says it has, where they were asked for on the way. */
  readonly declared?: readonly AirbyteStream[];
}

/** Where records are to be found. */
export interface SampleSource {
  /** JSON lines: messages of a connector, `{"stream", "data"}`, or plain records of the one stream. */
  readonly records: string | undefined;
  readonly stream: string | undefined;
  /** A cassette; `cassette` in the connector's folder when left out. */
  readonly replay: string | undefined;
  readonly config: JsonObject | undefined;
}

/** Reads records from a file, else from the connector's cassette. */
export async function sampleStreams(connector: Connector, source: SampleSource): Promise<StreamSamples> {
  if (source.records !== undefined) {
    return { from: source.records, samples: await samplesOfLines(source.records, source.stream) };
  }
  const cassette = cassetteOf(connector, source.replay);
  if (!existsSync(cassette)) {
    throw configError(
      `There is no cassette in ${cassette}: record one with ferry read --record ${cassette}, or give records as --records FILE.`,
      { code: "no-cassette" },
    );
  }
  return { from: cassette, ...(await samplesOfCassette(connector, cassette, source)) };
}

async function samplesOfCassette(
  connector: Connector,
  cassette: string,
  { stream, config }: SampleSource,
): Promise<Required<Omit<StreamSamples, "from">>> {
  const samples = new Map<string, RecordSample>();
  const declared: AirbyteStream[] = [];
  const problems: string[] = [];
  const given = config ?? (await recordedConfig(cassette));
  await runVerb(
    connector,
    "read",
    {
      config: given,
      streams(discovered) {
        declared.push(...discovered.streams);
        return stream === undefined ? undefined : [stream];
      },
    },
    {
      onMessage(message) {
        if (message.type === "RECORD") noteIn(samples, message.record.stream, message.record.data);
        if (message.type === "TRACE" && message.trace.error !== undefined) problems.push(message.trace.error.message);
      },
      tapes: { replay: cassette },
    },
  );
  if (samples.size === 0 && problems.length > 0) throw systemError(problems.join("\n"));
  return { samples, declared };
}

async function samplesOfLines(file: string, stream: string | undefined): Promise<Map<string, RecordSample>> {
  const samples = new Map<string, RecordSample>();
  const input = createReadStream(file);
  let number = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      number++;
      if (line.trim() === "") continue;
      const told = recordOf(parsed(line, `${file}:${number}`), stream);
      if (told === undefined) continue; // another message
      if (told.stream === undefined) {
        throw configError(`${file}:${number} is a record of no named stream: say which by --stream.`);
      }
      if (stream === undefined || told.stream === stream) noteIn(samples, told.stream, told.data);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // of the file system
    if (code === "ENOENT" || code === "EISDIR") throw configError(`${file} cannot be read: ${code}.`, { cause: error });
    throw error;
  }
  return samples;
}

function parsed(line: string, place: string): Json {
  try {
    return parseJson(line);
  } catch (error) {
    throw configError(`${place} is no JSON: ${String(error)}`, { cause: error });
  }
}

function recordOf(
  line: Json,
  stream: string | undefined,
): { readonly stream: string | undefined; readonly data: JsonObject } | undefined {
  if (!isObject(line)) return undefined;
  const message = get(line, "record");
  if (typeof get(line, "type") === "string" && /^[A-Z_]+$/.test(String(line["type"]))) {
    if (message === undefined || !isObject(message)) return undefined;
    return recordOf(message, stream);
  }
  const data = get(line, "data");
  const name = get(line, "stream");
  if (data !== undefined && isObject(data) && typeof name === "string") return { stream: name, data };
  return { stream, data: line };
}

function noteIn(samples: Map<string, RecordSample>, stream: string, data: JsonObject): void {
  let sample = samples.get(stream);
  if (sample === undefined) samples.set(stream, (sample = createRecordSample()));
  sample.note(data);
}
