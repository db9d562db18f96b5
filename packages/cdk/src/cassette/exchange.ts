import type { FailureKind } from "../http/types.ts";

/** A request and what came of it, as a cassette keeps them: without secrets, nothing compressed. */
export interface KeptExchange {
  readonly request: KeptRequest;
  /** Absent where none came. */
  readonly response?: KeptResponse | undefined;
  /** Why there is no answer, or why its body breaks off. */
  readonly failure?: KeptFailure | undefined;
  /** The stream that it was for, where that is known. */
  readonly stream?: string | undefined;
  /** When it was sent: an instant in ISO 8601. */
  readonly at: string;
  /** Until the end of the answer. */
  readonly milliseconds: number;
}

export interface KeptRequest {
  readonly method: string;
  readonly url: string;
  /** Those which say something: no defaults of Ferry. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: KeptBody | undefined;
}

export interface KeptResponse {
  readonly status: number;
  /** Those which say something of the answer; a name may come more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: KeptBody | undefined;
  /** False where it was not read to its end, so that the rest is not known. */
  readonly complete: boolean;
  /** Whether the body is kept as it came, compressed, because it cannot be decompressed. */
  readonly raw: boolean;
}

/** A body: short text stands with its request or answer, all else in a file beside. */
export type KeptBody = { readonly text: string } | { readonly file: string };

export interface KeptFailure {
  readonly kind: FailureKind;
  readonly message: string;
}
