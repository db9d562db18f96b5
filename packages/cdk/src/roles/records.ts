/** Roles of components that make records of answers, and pages of records. */
import type { HttpResponse } from "../http/types.ts";
import type { Context } from "../interpolation/template.ts";
import type { Batch } from "../json/rows/batch.ts";
import type { Json, JsonObject } from "../json/value.ts";
import type { RequestContext, RequestOptionsProvider, Slice } from "./requests.ts";

export interface Decoder {
  /** Whether values arrive while the body does; templates then see an empty `response`. */
  readonly streams: boolean;
  /** The layout of the body, or of what `unpack` makes of it, where rows can be cut out of the bytes. */
  readonly rows?: "json" | "lines" | undefined;
  /** The values of a body as batches, where that costs less than `decode`: each value is an object. */
  batches?(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Batch>;
  unpack?(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** The values of a body, some at a time. Where it does not stream, templates see them too: copy before changing them. */
  decode(response: HttpResponse): AsyncIterable<readonly Json[]>;
  /** The values of what another decoder unpacked; absent where nothing like it can be packed. */
  parse?(bytes: AsyncIterable<Uint8Array>): AsyncIterable<readonly Json[]>;
}

/**
 * The records of an answer, in batches as they arrive, before filter and transformations. `dropped` is told of empty
 * records that are left out but count towards the size of the page.
 */
export type Extractor = (response: HttpResponse, dropped?: (count: number) => void) => AsyncIterable<Batch>;

/** Makes records of the items that a record holds, e.g. of a nested list. A part of its own waits for requests. */
export type RecordExpander = (record: Json) => Iterable<Json> | AsyncIterable<Json>;

/** Copies a value of an expanded record to one of its items. */
export type ParentField = (parent: JsonObject, item: JsonObject) => void;

/** A condition on a record, which need not be an object yet. */
export type RecordFilter = (record: Json, context: Context) => boolean;

/** Changes a record in place, or gives the one to go on with. */
export type Transformation = (record: JsonObject, context: Context) => JsonObject | void;

/** A value, made by a template, and its place in a record. */
export interface AddedField {
  readonly path: readonly string[];
  value(context: Context): Json;
}

/** The new name of a key. */
export type KeyTransformation = (key: string) => string;

/** Makes what casts the values of a record, in place, to what this schema says. */
export type SchemaNormalization = (schema: JsonObject) => (record: JsonObject) => void;

export interface RecordSelector {
  /** The records of an answer. `page` counts as they pass. */
  select(response: HttpResponse, context: RequestContext, page: PageCount): AsyncIterable<Batch>;
  /** What filter and transformations leave of records that another selector found. */
  refine(records: AsyncIterable<Batch>, context: RequestContext): AsyncIterable<Batch>;
}

/** Counted while a page's records pass. */
export interface PageCount {
  /** Records found in the answer. */
  extracted: number;
  /** Records left after filter. */
  selected: number;
  /** The last of those, made when asked for. */
  last: (() => JsonObject) | undefined;
}

/** A page that was read: what the next token is made from. */
export interface Page extends Readonly<PageCount> {
  readonly response: HttpResponse;
  readonly slice: Slice;
}

export interface PaginationStrategy {
  readonly pageSize: number | undefined;
  /** The token of the first page, undefined for none. */
  readonly first: Json | undefined;
  /** The next page's token, or undefined after the last page. Pure: state lives in the loop. */
  next(page: Page, token: Json | undefined, pageSize?: number): Promise<Json | undefined>;
}

export interface Paginator extends PaginationStrategy {
  /** The part of the request that carries token and page size. */
  inject: RequestOptionsProvider;
  /** A path or whole URL that the token gives, where it stands for one. */
  path(context: RequestContext): string | undefined;
}
