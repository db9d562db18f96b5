import type { FailureKind, HttpFailure } from "./types.ts";

const brand: unique symbol = Symbol.for("ferry.http-failure") as never;

class Failure extends Error implements HttpFailure {
  readonly [brand] = true;
  readonly kind: FailureKind;
  constructor(kind: FailureKind, message: string, cause: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "HttpFailure";
    this.kind = kind;
  }
}

export const httpFailure = (kind: FailureKind, message: string, cause?: unknown): HttpFailure =>
  new Failure(kind, message, cause);

/**
 * Whether an error is that of a request that got no answer.
 * @experimental
 */
export function isHttpFailure(error: unknown): error is HttpFailure {
  return typeof error === "object" && error !== null && brand in error;
}

/** The failure that an error of the connection stands for. `midway`: the answer's head was there already. */
export function failureOf(error: unknown, url: string, midway: boolean): HttpFailure {
  if (isHttpFailure(error)) return error;
  const { code = "", message } = detailsOf(error);
  return failureAt(url, kindOf(code, midway), `${message}${code === "" ? "" : ` [${code}]`}`, error);
}

/** The failure to get an answer from the place of a URL, and what it was. */
export function failureAt(url: string, kind: FailureKind, what: string, cause?: unknown): HttpFailure {
  const place = /^[^:]+:\/\/[^/?#]*/.exec(url)?.[0].replace(/\/\/.*@/, "//") ?? url;
  return httpFailure(kind, `${WORDS[kind]} (${place}): ${what}`, cause);
}

const WORDS: Readonly<Record<FailureKind, string>> = {
  connect: "The connection failed",
  timeout: "The server took too long",
  "chunked-encoding": "The connection broke before the answer was complete",
  decompression: "The answer cannot be decompressed",
  "invalid-url": "The URL is not valid",
  "invalid-scheme": "The URL's scheme cannot be used",
  redirects: "There were too many redirects",
  tls: "The server's certificate is not trusted, or no secure connection could be made",
  proxy: "The proxy refused",
  other: "The request failed",
};

const TLS =
  /^(?:ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|HOSTNAME_MISMATCH|INVALID_CA)/;
const CONNECTION = /^(?:E(?:CONN|AI_|NOTFOUND|PIPE|HOST|NET|TIMEDOUT|ADDR|ACCES)|HPE_|MALFORMED_ANSWER)/;

function kindOf(code: string, midway: boolean): FailureKind {
  if (/^(?:Z_|ERR_BROTLI|ERR__ERROR|ERR_PADDING|ZSTD_|ERR_ZSTD|ERR__)/.test(code)) return "decompression";
  if (TLS.test(code)) return "tls";
  if (CONNECTION.test(code)) return midway ? "chunked-encoding" : "connect";
  return midway ? "chunked-encoding" : "other";
}

/** Of an error whose own parts failed at every address of the host, the first tells most. */
function detailsOf(error: unknown): { code?: string; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return detailsOf(error.errors[0]);
  if (!(error instanceof Error)) return { message: String(error) };
  const code: unknown = "code" in error ? error.code : undefined;
  return typeof code === "string" ? { code, message: error.message } : { message: error.message };
}
