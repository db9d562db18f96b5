import type { Sleep } from "./sleep.ts";
import type { HttpFailure, HttpRequest, HttpResponse, Resolution, ResponseAction, SendOptions } from "./types.ts";

/** What tells how answers are to be taken; an `ErrorHandler` is one. */
export interface ErrorHandling {
  readonly maxRetries: number | undefined;
  /** Seconds. */
  readonly maxTime: number | undefined;
  readonly backoffs: readonly ((outcome: HttpResponse | HttpFailure, attempt: number) => Promise<number | undefined>)[];
  interpret(outcome: HttpResponse | HttpFailure): Promise<Resolution>;
}

/** What signs requests; an `Authenticator` is one. */
export interface Credentials {
  apply(request: HttpRequest): Promise<HttpRequest>;
  refresh?(): Promise<void>;
  observe?(request: HttpRequest, response: HttpResponse): void;
  hasAlternative?(request: HttpRequest): boolean;
}

export interface RetryPolicy {
  readonly stream: string;
  readonly handler: ErrorHandling;
  readonly credentials?: Credentials | undefined;
  /** Whether each request is sent once only. */
  readonly disabled?: boolean | undefined;
  readonly log: (level: "DEBUG" | "INFO" | "WARN" | "ERROR", message: string) => void;
  /** Called whenever an answer says that there were too many requests; `wait`: the seconds until the next try, where stated. */
  rateLimited(wait: number | undefined): void;
  /** Told of each wait before another try. */
  retried?(request: HttpRequest, options: SendOptions, seconds: number, reason: string): void;
  /** Told of each answer and what is made of it, before its body is read. */
  readonly answered?: ((response: HttpResponse, action: ResponseAction) => Promise<void>) | undefined;
  /** The real ones when left out. */
  readonly sleep?: Sleep | undefined;
  readonly clock?: (() => number) | undefined;
}
