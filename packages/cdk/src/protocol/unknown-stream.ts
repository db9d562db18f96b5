import { logMessage, streamStatus, type StreamName } from "./make-message.ts";
import type { Message } from "./message.ts";
import { nearest } from "./nearest.ts";

/**
 * What to send for a configured stream that the source has not: the sync goes on without it, and so does its exit code.
 * @experimental
 */
export function unknownStream(stream: StreamName, known: readonly string[]): Message[] {
  const like = nearest(stream.name, known);
  const hint = like === undefined ? `The source has: ${known.join(", ")}.` : `Is "${like}" meant?`;
  return [
    logMessage(
      "ERROR",
      `The catalog asks for the stream "${stream.name}", which this source does not have. ${hint} ` +
        "Refresh the connection's schema, or leave the stream out of it.",
    ),
    streamStatus(stream, "INCOMPLETE"),
  ];
}
