import { isConnectorError, type FailureType } from "../errors.ts";
import { describeStream, type StreamName } from "./make-message.ts";
import type { Message } from "./message.ts";

/**
 * The TRACE ERROR of a failure, whatever was thrown. It names the stream, by default the error's own; null for none. As in
 * the reference, requests that were given up name the parent that they were made for.
 */
export function errorTrace(error: unknown, stream?: StreamName | null): Message {
  const thrown = isConnectorError(error) ? error : undefined;
  const own = thrown?.stream === undefined ? undefined : { name: thrown.stream };
  const named = stream === null ? undefined : thrown?.ofParent === true ? own : (stream ?? own);
  return {
    type: "TRACE",
    trace: {
      type: "ERROR",
      emitted_at: Date.now(),
      error: {
        message: errorMessage(error),
        internal_message: thrown === undefined ? technical(error) : (thrown.internal ?? thrown.message),
        stack_trace: stackTrace(error),
        failure_type: failureType(error),
        ...(named === undefined ? {} : { stream_descriptor: describeStream(named) }),
      },
    },
  };
}

/** What to tell the user of a failure. */
export function errorMessage(error: unknown): string {
  if (isConnectorError(error)) return error.message;
  return `Something went wrong in the connector that is no fault of its configuration: ${technical(error)}`;
}

export function failureType(error: unknown): FailureType {
  return isConnectorError(error) ? error.failureType : "system_error";
}

/** The stack of a failure and of its causes, the outermost first. */
export function stackTrace(error: unknown): string {
  const seen = new Set<unknown>();
  const parts: string[] = [];
  for (let cause = error; cause !== undefined && !seen.has(cause); cause = innerCause(cause)) {
    seen.add(cause);
    parts.push(cause instanceof Error ? (cause.stack ?? technical(cause)) : technical(cause));
  }
  return parts.join("\nCaused by: ");
}

function innerCause(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors[0];
  return error instanceof Error ? error.cause : undefined;
}

function technical(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message}`;
  return typeof error === "string" ? error : `${typeof error} ${String(error)} was thrown`;
}
