import { DateTimeFailure } from "../datetime/failure.ts";

/** What a template raises, under the name Python gives it: a `TypeError` or an `UndefinedError` has its own effect. */
export type FailureType =
  | "TypeError"
  | "ValueError"
  | "KeyError"
  | "IndexError"
  | "AttributeError"
  | "ZeroDivisionError"
  | "OverflowError"
  | "UndefinedError"
  | "SecurityError"
  | "TemplateRuntimeError"
  | "FilterArgumentError"
  | "AssertionError"
  | "LookupError"
  | "UnknownTimeZoneError";

export class TemplateFailure extends Error {
  readonly type: FailureType;
  constructor(type: FailureType, message: string) {
    super(message);
    this.name = type;
    this.type = type;
  }
}

export const typeError = (message: string): TemplateFailure => new TemplateFailure("TypeError", message);
export const valueError = (message: string): TemplateFailure => new TemplateFailure("ValueError", message);
export const fail = (type: FailureType, message: string): TemplateFailure => new TemplateFailure(type, message);

/** The Python name of an exception, undefined for a fault of our own. */
export function failureType(error: unknown): string | undefined {
  if (error instanceof TemplateFailure) return error.type;
  return error instanceof DateTimeFailure ? error.kind : undefined;
}

const places = new WeakMap<Error, number>();

/** Notes where in the source a failure arose; the innermost place, noted first, stays. */
export function notePlace(error: unknown, at: number): void {
  if (error instanceof Error && !places.has(error)) places.set(error, at);
}

export function placeOf(error: unknown): number | undefined {
  if (error instanceof SyntaxFailure) return error.at;
  return error instanceof Error ? places.get(error) : undefined;
}

/** A template that cannot be parsed. */
export class SyntaxFailure extends Error {
  /** Where in the source, in UTF-16 units. */
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.name = "TemplateSyntaxError";
    this.at = at;
  }
}
