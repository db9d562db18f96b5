/** The Python exception a failed call would have raised: callers tell a mismatch (`ValueError`) from the rest. */
export type FailureKind =
  | "ValueError"
  | "OverflowError"
  | "OSError"
  | "TypeError"
  | "ZeroDivisionError"
  | "ISO8601Error"
  | "UnknownTimeZoneError"
  /** A format with an error of its own, which no text can match. */
  | "FormatError";

/** A date, time or duration that cannot be read, made or reckoned with; the message is Python's. */
export class DateTimeFailure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.name = kind;
    this.kind = kind;
  }
}

/** Whether Python's `except ValueError` would catch it. */
export function isValueError(error: unknown): error is DateTimeFailure {
  return error instanceof DateTimeFailure && (error.kind === "ValueError" || error.kind === "ISO8601Error");
}

export const valueError = (message: string): DateTimeFailure => new DateTimeFailure("ValueError", message);
export const overflowError = (message: string): DateTimeFailure => new DateTimeFailure("OverflowError", message);
export const typeError = (message: string): DateTimeFailure => new DateTimeFailure("TypeError", message);
