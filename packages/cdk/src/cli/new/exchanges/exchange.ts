import type { Json } from "../../../json/value.ts";

/** A request as it was made, and what was answered where that is known. */
export interface Exchange {
  readonly request: SentRequest;
  readonly answer: GivenAnswer | undefined;
}

export interface SentRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: SentBody | undefined;
}

export type SentBody =
  | { readonly kind: "json"; readonly value: Json }
  | { readonly kind: "form"; readonly value: ReadonlyMap<string, string> }
  | { readonly kind: "other"; readonly text: string };

export interface GivenAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** Undefined where it is no JSON. */
  readonly body: Json | undefined;
}
