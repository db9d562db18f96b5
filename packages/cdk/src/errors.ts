/** Who can mend a failure: the user's configuration, the passing of time, or the developers. */
export type FailureType = "config_error" | "transient_error" | "system_error";

const brand: symbol = Symbol.for("ferry.error");

export interface ErrorDetails {
  /** Technical detail, for the developer. */
  readonly cause?: unknown;
  /** A stable name of this kind of error, in kebab-case. */
  readonly code?: string;
  /** The stream that failed. */
  readonly stream?: string;
  /** Whether a trace names `stream` even where it was read for another one, its child. */
  readonly ofParent?: boolean;
  /** The technical message of the trace; the message when left out. */
  readonly internal?: string;
}

/** An error with a message for the user: it names the field, the value, and what would be right. */
export class ConnectorError extends Error {
  readonly failureType: FailureType;
  readonly code: string | undefined;
  readonly stream: string | undefined;
  readonly ofParent: boolean;
  readonly internal: string | undefined;

  constructor(failureType: FailureType, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "ConnectorError";
    Object.defineProperty(this, brand, { value: true });
    this.failureType = failureType;
    this.code = details.code;
    this.stream = details.stream;
    this.ofParent = details.ofParent ?? false;
    this.internal = details.internal;
  }
}

/** What the user can mend, in the config above all. */
export const configError = (message: string, details?: ErrorDetails): ConnectorError =>
  new ConnectorError("config_error", message, details);
/** What may pass by itself: the platform tries again. */
export const transientError = (message: string, details?: ErrorDetails): ConnectorError =>
  new ConnectorError("transient_error", message, details);
/** What only the connector's author can mend. */
export const systemError = (message: string, details?: ErrorDetails): ConnectorError =>
  new ConnectorError("system_error", message, details);

/** Also true for an error made by another copy of this package. */
export function isConnectorError(error: unknown): error is ConnectorError {
  return typeof error === "object" && error !== null && brand in error;
}
