import type { StreamScope } from "./component.ts";
import { readCodeStreams, type CodeStream, type ReadFrom } from "./code-source.ts";
import { finalCursor } from "./components/cursors/shared/final.ts";
import { ref } from "./components/shared/refs.ts";
import { systemError } from "./errors.ts";
import type { Batch } from "./json/rows/batch.ts";
import { get, isObject, type JsonObject } from "./json/value.ts";
import type { Language } from "./manifest/language.ts";
import type { Plan } from "./manifest/plan.ts";
import { resolveManifest } from "./manifest/resolve.ts";
import type { State } from "./protocol/incoming-state.ts";
import type { Message, RecordBatch } from "./protocol/message.ts";
import type { ConfiguredAirbyteCatalog } from "./protocol/messages.gen.ts";
import type { Kind, Roles } from "./roles.ts";
import type { SourceRun } from "./source.ts";

/** A stream in code beside those of a manifest: what it reads with may be the manifest's. */
export interface MixedStream extends Omit<CodeStream, "read"> {
  /** As {@link CodeStream.read}; `kit` makes of the manifest's parts what it reads with. */
  read(from: ReadFrom, kit: ManifestKit): AsyncIterable<Batch | { readonly state: JsonObject }>;
}

/** What a stream in code may use of the manifest. Connections, cookies and call budget are those of all streams. */
export interface ManifestKit {
  readonly config: JsonObject;
  readonly run: SourceRun;
  /**
   * The records that a retriever of the manifest brings, page after page.
   * @param retriever where it stands: `#/definitions/retriever`
   * @param fields stand in place of its own, as beside a `$ref`: `{ $parameters: { resource: "/reports" } }`
   * @param partition what its templates see as `stream_partition`
   */
  records(retriever: string, fields?: JsonObject, partition?: JsonObject): AsyncIterable<Batch>;
  /** All records of one of the manifest's own streams, as it reads them in whole. */
  recordsOf(stream: string): AsyncIterable<Batch>;
  /** Builds any part of the manifest: a requester to send with, an authenticator, a decoder. */
  build<K extends Kind>(kind: K, pointer: string, fields?: JsonObject): Roles[K];
}

/** What a manifest was made to, for one run. */
export interface BoundManifest {
  /** As it was written. */
  readonly manifest: JsonObject;
  readonly language: Language;
  readonly plan: Plan;
  readonly config: () => JsonObject;
}

/** Reads streams in code, one after the other, with what the manifest has. */
export function readMixed(
  streams: readonly MixedStream[],
  opened: BoundManifest,
  catalog: ConfiguredAirbyteCatalog,
  state: State,
  run: SourceRun,
): AsyncGenerator<Message | RecordBatch> {
  const bound = streams.map((stream): CodeStream => {
    const kit = createKit(opened, stream, run);
    return { ...stream, read: (from) => stream.read(from, kit) };
  });
  return readCodeStreams(bound, catalog, state, run);
}

function createKit(
  { manifest, language, plan, config }: BoundManifest,
  stream: MixedStream,
  run: SourceRun,
): ManifestKit {
  const { name, primaryKey = [] } = stream;
  const within: Partial<StreamScope> = { name, primaryKey, spec: { name }, state: {}, cursor: finalCursor(undefined) };

  function build<K extends Kind>(kind: K, pointer: string, fields: JsonObject = {}): Roles[K] {
    const part = get(resolveManifest({ ...manifest, [PART]: { $ref: pointer, ...fields } }), PART);
    const type = part !== undefined && isObject(part) ? get(part, "type") : undefined;
    if (part === undefined || !isObject(part) || typeof type !== "string") {
      throw systemError(`Stream ${name}: ${pointer} of the manifest states no \`type\`, so that it cannot be built.`);
    }
    if (language.components.get(type)?.kind !== kind || !language.accepts(type, part)) {
      throw systemError(
        `Stream ${name}: ${pointer} of the manifest, with the fields given in code, is no valid ${kind}.`,
      );
    }
    return plan.build(ref(kind, part as JsonObject & { type: string }), within); // its type is a text, as was seen
  }

  return {
    config: config(),
    run,
    build,
    records: (retriever, fields = {}, partition = {}) =>
      build("retriever", retriever, fields).read({ partition, interval: {}, extra: {} }),
    async *recordsOf(other) {
      const found = (await plan.streams()).find((each) => each.name === other);
      if (found === undefined) throw systemError(`Stream ${name}: the manifest has no stream "${other}" to read from.`);
      for await (const slice of found.cursor.slices()) yield* found.read(slice);
    },
  };
}

/** A part that is looked at for itself; no manifest has it. */
const PART = "part_of_a_stream_in_code";
