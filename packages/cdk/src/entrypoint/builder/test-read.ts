import { configError } from "../../errors.ts";
import { keys, type JsonObject } from "../../json/value.ts";
import type { Language } from "../../manifest/language.ts";
import { specificationOf } from "../../manifest/specification.ts";
import { errorTrace } from "../../protocol/error-trace.ts";
import type { State } from "../../protocol/incoming-state.ts";
import { streamState } from "../../protocol/make-message.ts";
import type { ConfiguredAirbyteCatalog } from "../../protocol/messages.gen.ts";
import { unknownStream } from "../../protocol/unknown-stream.ts";
import type { Slice, Stream } from "../../roles.ts";
import type { SourceRun } from "../../source.ts";
import { prepareConfig, problemsMessage } from "../prepare-config.ts";
import { createSecrets } from "../secrets.ts";
import type { BuilderManifest } from "./builder-manifest.ts";
import { createCollector, type Collector, type TestLimits } from "./collect.ts";

export interface TestReadRequest {
  readonly config: JsonObject;
  /** Its first stream is read. */
  readonly catalog: ConfiguredAirbyteCatalog;
  readonly state: State;
  readonly limits: TestLimits;
}

/**
 * Reads some pages of a stream, one after the other, and gives what a connector builder shows of it: records by slices and
 * pages, with the requests that brought them. What fails while reading is among the logs.
 * @throws what keeps the streams from being made
 */
export async function testRead(
  manifest: BuilderManifest,
  request: TestReadRequest,
  outer: SourceRun,
): Promise<JsonObject> {
  const { catalog, state, limits } = request;
  const [configured] = catalog.streams;
  if (configured === undefined) throw configError("The catalog holds no stream, so there is nothing to test.");
  const { name } = configured.stream;
  const secrets = createSecrets();
  const collector = createCollector(name, limits, secrets.mask);
  const run: SourceRun = {
    ...outer,
    emit: collector.message,
    secret(value, path) {
      secrets.add(value);
      outer.secret(value, path);
    },
    limits: { pages: limits.maxPages },
    test: {
      slices: limits.maxSlices,
      answered: collector.answered,
      built: deprecationWarnings(await manifest.language(), collector),
    },
  };
  const spec = specificationOf(manifest.resolved);
  // What a migration of the config says is for the platform, not for who tests.
  const before: SourceRun = { ...run, emit: () => undefined };
  const { config, problems } = await prepareConfig(manifest, spec, request.config, before);
  const { plan } = await manifest.bind(config, run, { state, catalog });
  const streams = await plan.streams();
  const stream = streams.find((each) => each.name === name);
  if (problems.length > 0) {
    collector.message(errorTrace(configError(problemsMessage(problems), { code: "invalid-config" })));
  } else if (stream === undefined) {
    for (const message of unknownStream(
      configured.stream,
      streams.map((each) => each.name),
    ))
      collector.message(message);
  } else await readStream(stream, collector, run.signal);
  return collector.result(stream);
}

/** As the reference does with one worker: all slices are made first. */
async function readStream(stream: Stream, collector: Collector, signal: AbortSignal): Promise<void> {
  const { cursor } = stream;
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      signal.throwIfAborted();
      collector.message(errorTrace(error, stream));
    }
  };
  const slices: Slice[] = [];
  await attempt(async () => {
    for await (const slice of cursor.slices()) slices.push(slice);
  });
  for (const slice of slices) {
    collector.slice(slice);
    await attempt(async () => {
      for await (const batch of stream.read(slice)) {
        if (batch.length === 0) continue;
        collector.records(stream, batch);
        cursor.observe(slice, batch);
      }
      const state = cursor.close(slice);
      if (state !== undefined) collector.message(streamState(stream, state));
    });
  }
  const state = cursor.finish();
  if (state !== undefined) collector.message(streamState(stream, state));
}

/** Warns of older forms in the components that are built, once for each field. */
function deprecationWarnings(language: Language, collector: Collector): (type: string, spec: JsonObject) => void {
  const warned = new Set<string>();
  return (type, spec) => {
    const { shape } = language.schemaOf(type);
    for (const name of keys(spec)) {
      const field = shape[name] as { meta(): { deprecated?: boolean } | undefined; description?: string } | undefined;
      const key = `${type}.${name}`;
      if (field?.meta()?.deprecated !== true || warned.has(key)) continue;
      warned.add(key);
      const newer = /^An older form of (`[^`]+`)/.exec(field.description ?? "")?.[1];
      const hint = newer === undefined ? "" : ` Use ${newer} in its place.`;
      collector.warn(`${type}: the field \`${name}\` is deprecated.${hint}`);
    }
  };
}
