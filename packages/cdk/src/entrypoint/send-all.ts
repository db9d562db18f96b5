import type { Message, RecordBatch } from "../protocol/message.ts";
import type { Output } from "./output.ts";
import type { Stop } from "./stop.ts";

const TURN = 50; // milliseconds without a turn of the event loop, which signals and timers wait for

/**
 * Sends all items, asking for the next one when the reader of the output has caught up. A source that was told to stop
 * may still send its state, until its time is over.
 */
export async function sendAll(
  items: AsyncIterable<Message | RecordBatch>,
  output: Output,
  stop: Pick<Stop, "signal" | "late">,
): Promise<void> {
  let turned = performance.now();
  for await (const item of items) {
    if ("batch" in item) output.records(item);
    else output.message(item);
    if (stop.late()) break;
    const behind = output.behind();
    if (behind !== undefined) await behind;
    else if (performance.now() - turned > TURN) await new Promise((resolve) => setImmediate(resolve));
    else continue;
    turned = performance.now();
  }
  stop.signal.throwIfAborted();
}
