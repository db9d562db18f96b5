import { setClock } from "../cassette/clock.ts";
import { skipWaits } from "../http/sleep.ts";
import { plainData, type PlainJson } from "../json/plain-data.ts";
import type { Json, JsonObject } from "../json/value.ts";
import { parseCatalog } from "../protocol/configured-catalog.ts";
import type { AirbyteCatalog } from "../protocol/messages.gen.ts";
import type { Source } from "../source.ts";
import { createReadCheck } from "./checks/check-read.ts";
import { runConnector, type ConnectorInputs, type ConnectorRun } from "./run-connector.ts";
import type { Reply } from "./replies.ts";
import type { SentRequest } from "./sent-requests.ts";
import { startServer, type Route, type TestServer } from "./server.ts";

/** What a read in a test is given. */
export interface ReadOptions {
  readonly config?: Json;
  /** The streams to read, all of them when left out. Each is read incrementally where it can be. */
  readonly streams?: readonly string[];
  /** Where to go on: what `state` of another result gives, or the content of a state file. */
  readonly state?: Json;
  /**
   * What the API answers: a server of `startServer`, or its routes. Requests go there whatever their host: the connector
   * keeps its real address.
   */
  readonly api?: TestServer | Route | Readonly<Record<string, Route | Reply>>;
  /** The folder of a cassette to play from, in place of `api`. */
  readonly cassette?: string | URL;
  /** What the clock shows at the beginning. It runs on from there. */
  readonly at?: string | number | Date;
}

/** What a read came to, as plain data: made for `assert.deepEqual` and `expect(…).toEqual`. */
export interface ReadResult {
  /** The records of a stream, in order. Numbers are numbers; integers too large for one are bigints. */
  records(stream: string): Record<string, PlainJson>[];
  /** The states that a stream sent, in order. */
  states(stream: string): Record<string, PlainJson>[];
  /** Such as `["STARTED", "RUNNING", "COMPLETE"]`. */
  statuses(stream: string): string[];
  /** The requests, in order, as the connector made them. */
  readonly requests: readonly SentRequest[];
  /** The messages of all errors. */
  readonly errors: readonly string[];
  /** All LOG messages, each after its level. */
  readonly logs: readonly string[];
  /** The seconds of each wait, e.g. for a rate limit, in order. They took no time. */
  readonly waits: readonly number[];
  /** Where a next read goes on. */
  readonly state: Json;
  readonly exitCode: number;
  /**
   * What the read does not hold to of the protocol, in words: statuses, counts, states, schemas, primary keys. None of a
   * good one.
   */
  readonly problems: readonly string[];
}

/**
 * Reads by a manifest, in this process, as `source-declarative-manifest` would. Waits take no time.
 * @param manifest the address of its file, its text, or what it says
 * @throws an error where the manifest or the config does not even let its streams be found, with all that was said
 *
 * @example
 * const result = await readManifest(new URL("manifest.yaml", import.meta.url), {
 *   config: { api_token: "t0k3n" },
 *   streams: ["customers"],
 *   api: { "GET /v1/customers": json({ data: [{ id: 1 }] }) },
 * });
 * assert.deepEqual(result.records("customers"), [{ id: 1 }]);
 * assert.deepEqual(result.problems, []);
 */
export const readManifest = (manifest: URL | string | JsonObject, options: ReadOptions = {}): Promise<ReadResult> =>
  read(undefined, { manifest }, options);

/**
 * Reads a source in code, in this process, as `runSource` would. Waits take no time; the source's `fetch` goes to `api`.
 * @throws an error where the source fails to tell its streams, with all that was said
 */
export const readSource = (source: Source, options: ReadOptions = {}): Promise<ReadResult> => read(source, {}, options);

async function read(
  source: Source | undefined,
  given: Pick<ConnectorInputs, "manifest">,
  { config = {}, streams, state, api, cassette, at }: ReadOptions,
): Promise<ReadResult> {
  const server = api === undefined || isServer(api) ? api : await startServer(api);
  const clock = at === undefined ? undefined : setClock(new Date(at).getTime());
  const waits: number[] = [];
  const endSkipping = skipWaits((seconds) => {
    waits.push(seconds);
    clock?.advance(seconds);
  });
  const inputs: ConnectorInputs = {
    ...given,
    config,
    ...(server === undefined ? {} : { server }),
    ...(cassette === undefined ? {} : { cassette }),
  };
  try {
    const discovered = await runConnector(source, ["discover"], inputs);
    const [found] = discovered.of("CATALOG");
    if (found === undefined) throw new Error(`The streams cannot be told:\n${discovered.logs().join("\n")}`);
    const catalog = configure(found.catalog, streams);
    const run = await runConnector(source, ["read"], { ...inputs, catalog, ...(state === undefined ? {} : { state }) });
    return await resultOf(run, catalog, waits);
  } finally {
    endSkipping();
    clock?.restore();
    if (server !== undefined && server !== api) await server.close();
  }
}

function configure({ streams: known }: AirbyteCatalog, names: readonly string[] | undefined): JsonObject {
  const missing = (names ?? []).filter((name) => !known.some((stream) => stream.name === name));
  if (missing.length > 0) {
    throw new Error(`There is no stream ${missing.join(", ")}: there are ${known.map(({ name }) => name).join(", ")}.`);
  }
  const streams = known
    .filter(({ name }) => names === undefined || names.includes(name))
    .map((stream) => ({
      stream,
      sync_mode: stream.supported_sync_modes.includes("incremental") ? "incremental" : "full_refresh",
      destination_sync_mode: "append",
      ...(stream.default_cursor_field === undefined ? {} : { cursor_field: stream.default_cursor_field }),
    }));
  return { streams }; // streams of a catalog are JSON
}

async function resultOf(run: ConnectorRun, catalog: JsonObject, waits: readonly number[]): Promise<ReadResult> {
  const check = await createReadCheck({ catalog: parseCatalog(catalog) });
  for (const message of run.messages) check.observe(message);
  const plain = (value: JsonObject): Record<string, PlainJson> => plainData(value) as Record<string, PlainJson>; // of an object
  return {
    records: (stream) => run.records(stream).map(plain),
    states: (stream) =>
      run.of("STATE").flatMap(({ state }) => {
        const own = state.stream;
        return own?.stream_descriptor.name === stream ? [plain(own.stream_state ?? {})] : [];
      }),
    statuses: run.statuses,
    requests: run.sent,
    errors: run.of("TRACE").flatMap(({ trace }) => (trace.error === undefined ? [] : [trace.error.message])),
    logs: run.logs(),
    waits,
    state: run.lastState(),
    exitCode: run.exitCode,
    problems: check.end().map(({ stream, message }) => (stream === undefined ? message : `${stream}: ${message}`)),
  };
}

const isServer = (api: NonNullable<ReadOptions["api"]>): api is TestServer =>
  typeof api === "object" && "requestsTo" in api && typeof api.requestsTo === "function";
