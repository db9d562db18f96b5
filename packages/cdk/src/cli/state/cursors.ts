import { get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";

/** What a manifest says of a stream's cursor. */
export interface CursorWords {
  readonly field: string;
  /** Formats of times, the one that is written last; none for a count. */
  readonly formats: readonly string[];
}

export interface StreamCursors {
  /** By stream; undefined where the stream keeps none. */
  readonly cursors: ReadonlyMap<string, CursorWords | undefined>;
  /** Whether these are all streams: none are made by templates, or by code. */
  readonly isWhole: boolean;
}

/** The cursors of a resolved manifest's own streams. A source in code, which has none, tells nothing without being asked. */
export function cursorsOf(manifest: JsonObject | undefined): StreamCursors {
  const cursors = new Map<string, CursorWords | undefined>();
  if (manifest === undefined) return { cursors, isWhole: false };
  const walk = (stream: Json | undefined): void => {
    if (stream === undefined || !isObject(stream)) return;
    const name = get(stream, "name");
    if (typeof name === "string" && !cursors.has(name)) cursors.set(name, wordsOf(cursorOf(stream)));
    for (const parent of parentsOf(get(stream, "retriever"))) walk(parent);
  };
  const streams = get(manifest, "streams");
  for (const stream of isList(streams) ? streams : []) walk(stream);
  return { cursors, isWhole: get(manifest, "dynamic_streams") === undefined };
}

/** A stream that delegates by its state keeps the cursor of its incremental form. */
function cursorOf(stream: JsonObject): Json | undefined {
  const delegate = get(stream, "incremental_stream");
  return get(delegate !== undefined && isObject(delegate) ? delegate : stream, "incremental_sync");
}

function wordsOf(cursor: Json | undefined): CursorWords | undefined {
  if (cursor === undefined || !isObject(cursor)) return undefined;
  const field = get(cursor, "cursor_field");
  const format = get(cursor, "datetime_format");
  const others = get(cursor, "cursor_datetime_formats");
  if (typeof field !== "string") return undefined;
  const formats = [...(isList(others) ? others : []), format].filter((each) => typeof each === "string");
  return { field, formats };
}

/** The streams that a partition router reads, which may keep their state in that of the child. */
function parentsOf(retriever: Json | undefined): readonly Json[] {
  const router = retriever !== undefined && isObject(retriever) ? get(retriever, "partition_router") : undefined;
  return [...(isList(router) ? router : [router])].flatMap((each) => {
    if (each === undefined || !isObject(each)) return [];
    const inner = get(each, "underlying_partition_router");
    const configs = get(each, "parent_stream_configs");
    const parents = (isList(configs) ? configs : []).map((config) =>
      isObject(config) ? get(config, "stream") : undefined,
    );
    return [
      ...parents.filter((parent) => parent !== undefined),
      ...parentsOf(inner === undefined ? undefined : { partition_router: inner }),
    ];
  });
}
