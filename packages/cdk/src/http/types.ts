import type { FailureType } from "../errors.ts";
import type { Json, JsonObject } from "../json/value.ts";
import type { CookieJar } from "./cookies.ts";

/**
 * A request as it goes over the wire. Header names are as the sender wrote them.
 * @experimental
 */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

/**
 * An answer. Its body, decompressed, is read once as a stream, or kept after the first `bytes`, `text` or `json`.
 * @experimental
 */
export interface HttpResponse {
  readonly request: HttpRequest;
  readonly status: number;
  /** After redirects. */
  readonly url: string;
  readonly headers: ResponseHeaders;
  readonly fromCache: boolean;
  /** The body, where it is here already. */
  readonly whole?: Uint8Array | undefined;
  /** The body as it arrives; the kept bytes where they were read before. A second stream of an unkept body throws. */
  stream(): AsyncIterable<Uint8Array>;
  bytes(): Promise<Uint8Array>;
  /** Decoded by the charset of Content-Type, else as `requests` guesses. */
  text(): Promise<string>;
  /** The body as JSON, undefined where it is none. Parsed once. */
  json(): Promise<Json | undefined>;
  /** What `json` gives from now on, where the body was read as a stream: the body without its rows. */
  keep?(json: Json): void;
  /** Lets the connection go without reading on. */
  discard(): Promise<void>;
}

export interface ResponseHeaders {
  /** By name in any case; several of one name joined by ", ". */
  get(name: string): string | undefined;
  /** Names as sent, to values: what templates see as `headers`. */
  toObject(): JsonObject;
}

/**
 * Sends one request, without retries. Throws {@link HttpFailure} when no answer came, the signal's reason when aborted.
 * @experimental
 */
export type Send = (request: HttpRequest, options: SendOptions) => Promise<HttpResponse>;

/** @experimental */
export interface SendOptions extends ExchangeOptions {
  /** Bytes of the body to have before the answer counts as one; 0 when left out. A shorter body is then kept whole. */
  readonly ahead?: number | undefined;
  /** Cookies to send, and to keep what answers set; none are kept when left out. */
  readonly cookies?: CookieJar | undefined;
}

export interface ExchangeOptions {
  readonly signal: AbortSignal;
  /** Seconds; undefined for the default. */
  readonly connectTimeout?: number | undefined;
  /** Seconds of silence; undefined for the default. */
  readonly readTimeout?: number | undefined;
  /** The page that a stream's request is for; undefined for others, e.g. for a token. One object for all tries at it. */
  readonly origin?: RequestOrigin | undefined;
}

/** Whose request it is. */
export interface RequestOrigin {
  readonly stream: string;
  readonly slice: { readonly partition: JsonObject; readonly interval: JsonObject };
  /** The token of the page, undefined on the first one. */
  readonly token: Json | undefined;
}

/** One request and its answer on the wire: no redirect is followed, nothing is decompressed. Throws what the connection throws. */
export type Exchange = (request: HttpRequest, options: ExchangeOptions) => Promise<Answer>;

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  /** Names and values in turn, as sent; values in Latin-1. */
  readonly headers: readonly string[];
  /** The body as it arrives, compressed where its Content-Encoding says so. Read once. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Lets the connection go without reading on. */
  discard(): Promise<void>;
}

/** Stands around all exchanges of a run: watches them, or answers in place of a server. */
export type Transport = (exchange: Exchange) => Exchange;

/**
 * Why no answer came, named as the reference's exceptions are told apart by error handlers.
 * @experimental
 */
export interface HttpFailure extends Error {
  readonly kind: FailureKind;
}

export type FailureKind =
  | "connect"
  | "timeout"
  | "chunked-encoding"
  | "decompression"
  | "invalid-url"
  | "invalid-scheme"
  | "redirects"
  | "tls"
  | "proxy"
  | "other";

export type ResponseAction =
  | "SUCCESS"
  | "RETRY"
  | "FAIL"
  | "IGNORE"
  | "RESET_PAGINATION"
  | "RATE_LIMITED"
  | "REFRESH_TOKEN_THEN_RETRY"
  | "REDUCE_PAGE_SIZE"
  | "SPLIT_REQUEST_WINDOW";

/** What an error handler makes of an answer or a failure. */
export interface Resolution {
  readonly action: ResponseAction;
  readonly failureType?: FailureType | undefined;
  readonly message?: string | undefined;
}

/** What sending came to. Only these go on; every other resolution was retried, or thrown. */
export type Outcome =
  | { readonly action: "SUCCESS" | "IGNORE"; readonly response: HttpResponse | undefined }
  | { readonly action: "RESET_PAGINATION" }
  | {
      readonly action: "REDUCE_PAGE_SIZE" | "SPLIT_REQUEST_WINDOW";
      readonly message: string | undefined;
      readonly failureType: FailureType | undefined;
    };
