import { get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";

/** What was found out about an API, by whatever way: what a manifest, its tests and its report are written from. */
export interface ApiDraft {
  readonly title: string;
  readonly documentationUrl: string | undefined;
  /** A template; it may see the config. */
  readonly urlBase: string;
  readonly fields: readonly ConfigField[];
  readonly authenticator: JsonObject | undefined;
  /** Sent with every request; templates. */
  readonly headers: Readonly<Record<string, string>>;
  readonly streams: readonly StreamDraft[];
  /** What is no stream, and why. */
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
  readonly findings: readonly Finding[];
}

/** A field of the connector's config. */
export interface ConfigField {
  readonly name: string;
  readonly schema: JsonObject;
  readonly required: boolean;
  /** What stands in `config.example.json`, and in the config of the tests. */
  readonly example: Json;
}

export interface StreamDraft {
  readonly name: string;
  readonly method: string;
  /** Below the address; a template. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: { readonly kind: "json" | "form"; readonly value: JsonObject } | undefined;
  /** Where the records are in an answer; empty for the answer itself. */
  readonly recordsPath: readonly string[];
  readonly primaryKey: readonly string[];
  readonly pagination: Pagination | undefined;
  readonly cursor: CursorDraft | undefined;
  /** Where its partitions come from; more than one are combined. */
  readonly partitions: readonly Partition[];
  readonly schema: JsonObject;
  readonly findings: readonly Finding[];
  /** What the API would answer. */
  readonly pages: readonly Pages[];
}

/** Whole bodies, page after page. */
export interface Pages {
  /** Of the request; undefined for any. */
  readonly path: string | undefined;
  readonly bodies: readonly Json[];
}

/** What stands in a made-up body for the address of the next page; it becomes one where it is sent. */
export const NEXT = "page-2";

/** Where a part of the pagination is sent; as a parameter of the query when left out. */
export type Place = "request_parameter" | "body_json" | "body_data";

export type Pagination = { readonly into?: Place } & PaginationKind;

type PaginationKind =
  | { readonly type: "page"; readonly param: string; readonly start: number; readonly size: PageSize | undefined }
  | { readonly type: "offset"; readonly param: string; readonly size: PageSize }
  | {
      readonly type: "cursor";
      readonly param: string;
      /** Where the answer has the next token. */
      readonly path: readonly string[];
      readonly size: PageSize | undefined;
    }
  | {
      readonly type: "last_record";
      readonly param: string;
      readonly field: string;
      /** Where the answer says that there is more. */
      readonly more: readonly string[];
      readonly size: PageSize | undefined;
    }
  | { readonly type: "next_url"; readonly path: readonly string[]; readonly size: PageSize | undefined }
  | { readonly type: "link_header"; readonly size: PageSize | undefined };

export interface PageSize {
  readonly param: string | undefined;
  readonly value: number;
}

/** How an endpoint is paged, undefined for not at all, and what that rests on. */
export interface FoundPagination {
  readonly pagination: Pagination | undefined;
  readonly finding: Finding;
}

export interface CursorDraft {
  readonly field: string;
  /** The query parameter that asks for what is new; none where the API cannot, and old records are dropped here. */
  readonly param: string | undefined;
  readonly format: string;
  readonly readFormats: readonly string[];
}

export type Partition =
  | { readonly type: "parent"; readonly stream: string; readonly key: string; readonly field: string }
  | { readonly type: "list"; readonly values: readonly string[]; readonly field: string };

/** An endpoint's path as a template, and where the values in it come from. */
export interface FilledPath {
  readonly path: string;
  readonly partitions: readonly Partition[];
  readonly fields: readonly ConfigField[];
  readonly finding: Finding | undefined;
}

export type Confidence = "high" | "medium" | "low";

/** A conclusion, how sure it is, and what it rests on. */
export interface Finding {
  readonly subject:
    | "address"
    | "authentication"
    | "records"
    | "path"
    | "primary key"
    | "pagination"
    | "cursor"
    | "partitions"
    | "schema"
    | "parameters"
    | "answers";
  readonly value: string;
  readonly confidence: Confidence;
  readonly why: string;
}

/** The records at a path of an answer. */
export function recordsAt(body: Json, path: readonly string[]): readonly JsonObject[] {
  const list = valueAt(body, path);
  return isList(list) ? list.filter(isObject) : [];
}

/** What an answer has at a path of members. */
export function valueAt(body: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce((value, name) => (isObject(value) ? get(value, name) : undefined), body);
}

/** A name as streams and config fields have it: `orderItems` and `Order Items` become `order_items`. */
export function snakeCase(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
}

/** The English singular of a resource's name, as far as rules go. */
export function singular(word: string): string {
  if (/ies$/.test(word)) return word.replace(/ies$/, "y");
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.replace(/es$/, "");
  return /[^s]s$/.test(word) ? word.replace(/s$/, "") : word;
}
