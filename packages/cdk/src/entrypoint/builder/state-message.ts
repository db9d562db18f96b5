import type { JsonObject } from "../../json/value.ts";
import type { Message } from "../../protocol/message.ts";

/** The state of a stream as a connector builder gets it: what it has not is null. */
export function stateMessage(message: Message): JsonObject | undefined {
  if (message.type !== "STATE" || message.state.stream === undefined) return undefined;
  const { stream, sourceStats } = message.state;
  const { name, namespace } = stream.stream_descriptor;
  return {
    type: "STREAM",
    stream: { stream_descriptor: { name, namespace: namespace ?? null }, stream_state: stream.stream_state ?? null },
    global_: null,
    data: null,
    sourceStats: { recordCount: sourceStats?.recordCount ?? null },
    destinationStats: null,
  };
}
