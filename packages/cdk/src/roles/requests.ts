/** Roles of components that make requests and judge answers. */
import type { HttpFailure, HttpRequest, HttpResponse, Outcome, Resolution } from "../http/types.ts";
import type { Json, JsonObject } from "../json/value.ts";

/** A unit of reading: one partition, one interval of its cursor. */
export interface Slice {
  readonly partition: JsonObject;
  readonly interval: JsonObject;
  /** Seen by templates only (`stream_slice.extra_fields`); no part of the state. */
  readonly extra: JsonObject;
}

/** What the parts of a request are made from. */
export interface RequestContext {
  readonly slice: Slice;
  /** The token of the page, undefined on the first one. Templates see `{ next_page_token: token }`. */
  readonly token: Json | undefined;
  /** The page size in force when it was reduced. */
  readonly pageSize?: number | undefined;
  /** Stands in for the run's signal: for what is to be told to an API after the run was told to stop. */
  readonly signal?: AbortSignal | undefined;
}

/** What one component adds to a request. `form` may be a ready text. */
export interface RequestOptions {
  readonly params?: JsonObject | undefined;
  readonly headers?: JsonObject | undefined;
  readonly form?: JsonObject | string | undefined;
  readonly json?: JsonObject | undefined;
}

/** Adds to requests, e.g. a partition's values. */
export type RequestOptionsProvider = (context: RequestContext) => RequestOptions;

/** Where a value goes in a request: `inject` sets it there, at its (nested) place. */
export interface RequestOption {
  readonly into: "request_parameter" | "header" | "body_data" | "body_json" | "path";
  inject(target: { params: JsonObject; headers: JsonObject; form: JsonObject; json: JsonObject }, value: Json): void;
}

export interface Authenticator {
  /** The request with credentials. Called again before each retry. */
  apply(request: HttpRequest): Promise<HttpRequest>;
  /** What it adds by name, for the check of conflicts with the requester's own options. */
  options?(): Promise<RequestOptions>;
  /** Fetches a new token now; absent where there is none to fetch. */
  refresh?(): Promise<void>;
  /** The credential itself, for a component that sends it in its own way. */
  credential?(): Promise<string>;
  /** Sees every answer, e.g. to count quotas. */
  observe?(request: HttpRequest, response: HttpResponse): void;
  /** Whether another credential can serve this request now. */
  hasAlternative?(request: HttpRequest): boolean;
}

export interface ErrorHandler {
  readonly maxRetries: number | undefined;
  /** Seconds. */
  readonly maxTime: number | undefined;
  readonly backoffs: readonly BackoffStrategy[];
  interpret(outcome: HttpResponse | HttpFailure): Promise<Resolution>;
}

/** Seconds to wait before the attempt after this one (the first is 1), or undefined to leave it to the next strategy. */
export type BackoffStrategy = (outcome: HttpResponse | HttpFailure, attempt: number) => Promise<number | undefined>;

/** A filter's verdict on an answer, undefined where it does not match. */
export type ResponseFilter = (outcome: HttpResponse | HttpFailure) => Promise<Resolution | undefined>;

export interface Requester {
  /** `options` come from paginator and partition router; a name given twice with different values is an error. */
  send(context: RequestContext, options: readonly RequestOptions[], path?: string): Promise<Outcome>;
}
