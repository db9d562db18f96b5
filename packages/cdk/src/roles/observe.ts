import type { HttpRequest, RequestOrigin } from "../http/types.ts";
import type { Json } from "../json/value.ts";

/**
 * Something that happened while streams are read.
 * @experimental
 */
export type Observation =
  /** A slice begins to be read, or was read, or failed. */
  | { readonly type: "slice"; readonly stream: string; readonly slice: RequestOrigin["slice"] }
  | {
      readonly type: "slice-end";
      readonly stream: string;
      readonly slice: RequestOrigin["slice"];
      readonly records: number;
      readonly error?: unknown;
    }
  /** A request is to be tried again after so many seconds. */
  | {
      readonly type: "retry";
      readonly request: HttpRequest;
      readonly origin: RequestOrigin | undefined;
      readonly seconds: number;
      readonly reason: string;
    }
  /** A page was read; `next` is the token of the one after it, undefined where it was the last. */
  | {
      readonly type: "page";
      readonly origin: RequestOrigin;
      /** Records in the page, and those that filters left. */
      readonly extracted: number;
      readonly selected: number;
      readonly next: Json | undefined;
    };

/**
 * Is told what happens, at once. Must not throw.
 * @experimental
 */
export type Observe = (observation: Observation) => void;
