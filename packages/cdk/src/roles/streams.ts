/** Roles of components that make slices, streams, and what surrounds them. */
import type { DateTime } from "../datetime/datetime.ts";
import type { HttpRequest, HttpResponse } from "../http/types.ts";
import type { Context } from "../interpolation/template.ts";
import type { Batch } from "../json/rows/batch.ts";
import type { Json, JsonObject } from "../json/value.ts";
import type { PageCount, RecordSelector } from "./records.ts";
import type { RequestContext, RequestOption, RequestOptionsProvider, Slice } from "./requests.ts";

/** Where partitions come from. */
export interface PartitionRouter {
  /** In order; made as they are asked for. */
  partitions(): AsyncIterable<Partition>;
  readonly options: RequestOptionsProvider;
  /** Names of all streams read to make the partitions, ancestors included. */
  readonly parents: readonly string[];
  /**
   * The states of the parents, by name, as of the partition given last. The cursor decides when they count: once all
   * partitions given before are closed. Undefined where no parent keeps a state.
   */
  state(): JsonObject | undefined;
  /** The names that partitions' values go by, where they are known before reading. */
  readonly fields?: readonly string[] | undefined;
  /** Whether it adds to requests. */
  readonly injects?: boolean | undefined;
  /** Whether partitions are groups, which another run may make otherwise: then no state is kept by partition. */
  readonly grouped?: boolean | undefined;
  /** Whether the parent's record holds the child's first page, handed on as `child_response` of the extra fields. */
  readonly lazy?: boolean | undefined;
}

export interface Partition {
  readonly partition: JsonObject;
  readonly extra: JsonObject;
}

/** A stream whose records become the partitions of another. */
export interface ParentStream {
  readonly stream: Stream;
  /** The name that a partition's value goes by. */
  readonly field: string;
  readonly lazy: boolean;
  /** Reads the stream and keeps its cursor; one partition for each record with a key. */
  partitions(): AsyncIterable<Partition>;
  /** Where the value goes in a request. */
  readonly option: RequestOption | undefined;
  /** The stream's state where the child keeps it. */
  state(): JsonObject | undefined;
}

/** Makes the slices of a stream, and its state. The only keeper of state. */
export interface Cursor {
  /** Top-level fields of a row that it looks at. */
  readonly fields: readonly string[];
  /** The cursor field as catalogs name it. */
  readonly cursorField: string | undefined;
  slices(): AsyncIterable<Slice>;
  observe(slice: Slice, batch: Batch): void;
  /** Whether this record of the slice is newer than what was synced before. */
  includes(record: JsonObject, slice: Slice): boolean;
  /** The slice was read whole. Gives the state to send now, or undefined to send none yet. */
  close(slice: Slice): JsonObject | undefined;
  /** The state to send at the stream's end, undefined where there is none to send. */
  finish(): JsonObject | undefined;
  /** The state as it stands, for a parent whose child keeps it. */
  state(): JsonObject;
  /** Until when the stream was read, by what a state says; undefined where it says nothing of the kind. */
  until(state: JsonObject): DateTime | undefined;
  /** Smaller slices in place of one that the API refused, undefined where none can be made. */
  split?(slice: Slice, minimum: string | undefined): readonly Slice[] | undefined;
  /** The slice left to read after what was seen of it, for a pagination that starts again. */
  shrink?(slice: Slice, last: JsonObject | undefined): Slice;
}

/** What an `incremental_sync` component becomes: it makes a cursor from a state, for a stream or for each partition. */
export interface CursorFactory {
  readonly cursorField: string;
  /** Whether a catalog may name another cursor field. */
  readonly catalogDefined: boolean;
  readonly fields: readonly string[];
  readonly clientSide: boolean;
  readonly dataFeed: boolean;
  /** The parts of requests that carry the interval. */
  readonly options: RequestOptionsProvider;
  /** A cursor over the whole stream, from the state of the platform ({} for none). */
  create(state: JsonObject, router: PartitionRouter | undefined): Cursor;
}

/** Changes an incoming state's form. */
export type StateMigration = (state: JsonObject) => JsonObject;

export type SchemaLoader = () => Promise<JsonObject>;

export interface Retriever {
  /** Gives each of these slices once it can be read, in any order; absent where all can be read at once. */
  ready?(slices: AsyncIterable<Slice>): AsyncIterable<Slice>;
  /** Records of a slice, page after page. */
  read(slice: Slice): AsyncIterable<Batch>;
}

export interface Stream {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly primaryKey: readonly (readonly string[])[];
  readonly cursorField: string | undefined;
  /** Whether a catalog may name another cursor field. */
  readonly catalogDefined?: boolean | undefined;
  readonly isFileBased: boolean;
  /** Streams read to make this one's partitions, ancestors included. */
  readonly parents: readonly string[];
  readonly cursor: Cursor;
  /** Whether its slices are waited for, e.g. for jobs of the API: other streams make theirs meanwhile. */
  readonly waits?: boolean | undefined;
  schema(): Promise<JsonObject>;
  read(slice: Slice): AsyncIterable<Batch>;
}

/** Whether a connection works. */
export type Check = (source: CheckedSource) => Promise<CheckResult>;
export interface CheckedSource {
  readonly config: JsonObject;
  /** All streams of the manifest under this config. Built when asked for: that may take requests of its own. */
  streams(): Promise<readonly Stream[]>;
  /** The streams of these names without those that are made from a template, undefined where one is not among them. */
  staticStreams(names: readonly string[]): Promise<readonly Stream[] | undefined>;
  /** So many streams, the manifest's first ones. */
  firstStreams(count: number): Promise<readonly Stream[]>;
  /** The names of the streams that each definition of dynamic streams made. */
  generated(): Promise<ReadonlyMap<string, readonly string[]>>;
  log(level: "INFO" | "WARN" | "ERROR", message: string): void;
}
export interface CheckResult {
  readonly ok: boolean;
  readonly message?: string | undefined;
}

/** What a manifest's spec does to a config before it is used. The spec itself is data. */
export interface ConfigRules {
  /** Brings older forms up to date, in place; the platform is told when something changed. */
  migrate(config: JsonObject): void;
  /** Derives what the streams look at, in place; the platform is not told. */
  transform(config: JsonObject): void;
  /** Throws a config error where the config cannot work. */
  validate(config: JsonObject): Promise<void>;
}
export type ConfigTransformation = (config: JsonObject) => void;
/** Throws a config error where the value is wrong. */
export type Validator = (config: JsonObject) => Promise<void>;
export type ValidationStrategy = (value: Json) => Promise<void>;

/** A bound of calls in time. `acquire` waits, abortably, until the request may go. */
export interface CallRatePolicy {
  matches(request: HttpRequest): boolean;
  acquire(request: HttpRequest, signal: AbortSignal): Promise<void>;
  /** What an answer says of the calls left and the reset (epoch seconds). */
  update(left: number | undefined, reset: number | undefined): void;
}
export interface ApiBudget {
  acquire(request: HttpRequest, signal: AbortSignal): Promise<void>;
  observe(request: HttpRequest, response: HttpResponse): void;
}

/** A time in a config or a cursor, as a template gives it, in this format where it has none of its own. */
export type DatetimeSource = (context: Context, format: string) => DateTime;

/** Makes streams of a template, each a changed copy of it. */
export type ComponentsResolver = (template: JsonObject) => AsyncIterable<JsonObject>;
/** A value, and the place in a stream's template where a resolver puts it. */
export interface ComponentMapping {
  /** The path, its parts globs. */
  path(context: Context): readonly Json[];
  value(context: Context): Json;
  /** Whether the value is declared to be a text. */
  readonly isText: boolean;
  /** Whether the place is made where the template does not have it. */
  readonly createsMissing: boolean;
  /** Whether it applies, a template. */
  readonly condition: string | undefined;
}
/** The items of a config that make a stream each. */
export type StreamConfig = () => readonly Json[];
/** The properties of a schema, as a record describes them. */
export type SchemaTypeIdentifier = (record: JsonObject) => JsonObject;

/**
 * Reads one page as several requests, each for some of the properties, and merges what they bring. `fetch` sends one of
 * them; `settle` is told the last answer, from which the next token is made.
 */
export type QueryProperties = (
  context: RequestContext,
  page: PageCount,
  fetch: (context: RequestContext) => Promise<HttpResponse | undefined>,
  select: RecordSelector["select"],
  settle: (response: HttpResponse | undefined) => void,
) => AsyncIterable<Batch>;

/** The key by which the parts of a record are merged, undefined where it is sent by itself. */
export type MergeKey = (record: JsonObject) => string | undefined;
/** The names of all properties that an API has. */
export type PropertyList = () => Promise<readonly string[]>;
/** The properties that the user wants, undefined for all. */
export type PropertySelector = () => ReadonlySet<string> | undefined;
export interface PropertyChunking {
  readonly mergeKey: MergeKey;
  chunks(
    properties: readonly string[],
    always: readonly string[],
    selected: ReadonlySet<string> | undefined,
  ): readonly (readonly string[])[];
}

/** Makes what shrinks the pages of one slice on demand. */
export type PageSizeReduction = (pageSize: number | undefined) => PageSizeReducer;
export interface PageSizeReducer {
  /** The size in force, undefined while it is the configured one. */
  readonly pageSize: number | undefined;
  /** Waits, and throws where the page cannot get smaller. */
  reduce(message: string | undefined): Promise<void>;
  succeeded(): void;
}

/** Makes what decides when the pagination of one slice starts again, and on which slice. */
export type PaginationReset = (cursor: Cursor) => PaginationTracker;
export interface PaginationTracker {
  count(page: PageCount): void;
  readonly limitReached: boolean;
  /** The slice to read from its first page on. Throws where starting again makes no progress. */
  restart(current: Slice, original: Slice): Slice;
}

/** How a slice that the API refuses as too wide is split. */
export interface WindowSplitting {
  /** An ISO 8601 duration; no window gets smaller. */
  readonly minimum: string | undefined;
  /** Added to the message when splitting does not help. */
  readonly failureMessage: string | undefined;
}

/** Downloads the file that a record names, and adds to the record what is known of it. */
export type FileUploader = (record: JsonObject, slice: Slice) => Promise<FileReference | undefined>;
export interface FileReference {
  readonly stagingFileUrl: string;
  readonly sourceFileRelativePath: string;
  readonly fileSizeBytes: number;
}

/** A piece of schema that others read as data; it has no behaviour of its own. */
export type Piece = JsonObject;
