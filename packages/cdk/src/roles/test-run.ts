import type { HttpResponse, ResponseAction } from "../http/types.ts";
import type { JsonObject } from "../json/value.ts";

/** A run that tries a stream out for a connector builder: little is read, nothing is sent twice, and what happens is told. */
export interface TestRun {
  /** How many slices of a stream are read, and of each of its parents. */
  readonly slices: number;
  /** Told of answers before anyone reads them. */
  readonly answered?: ((answer: TestAnswer) => Promise<void>) | undefined;
  /** Told of each component of the manifest that is built. */
  readonly built?: ((type: string, spec: JsonObject) => void) | undefined;
}

export interface TestAnswer {
  readonly purpose: RequestPurpose;
  /** The stream that the request was made for. */
  readonly stream: string;
  /** Whether that is read to make partitions of another. */
  readonly isParent: boolean;
  readonly response: HttpResponse;
  /** What the error handler makes of it. */
  readonly action: ResponseAction;
}

/** What is asked for: a page of records, a schema, a list that was cut, a session or token, something about a job. */
export type RequestPurpose =
  "records" | "schema" | "list" | "login" | "token" | `job-${"create" | "poll" | "abort" | "delete"}`;
