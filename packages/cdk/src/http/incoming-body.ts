import type { IncomingMessage } from "node:http";

/** Bytes that may wait for their reader. */
const WAITING = 128 * 1024;

/**
 * The body of an answer as it arrives, read once. It is listened to from the first `next` on. (A stream's own iterator does
 * the same for many times the cost, which small bodies feel.)
 */
export function incomingBody(response: IncomingMessage): AsyncIterable<Uint8Array> {
  const waiting: Uint8Array[] = [];
  let size = 0;
  let begun = false;
  let over = false;
  let fault: Error | undefined;
  let asked: { resolve(result: IteratorResult<Uint8Array>): void; reject(fault: Error): void } | undefined;

  function take(chunk: Uint8Array): void {
    if (asked !== undefined) {
      const { resolve } = asked;
      asked = undefined;
      resolve({ done: false, value: chunk });
      return;
    }
    waiting.push(chunk);
    size += chunk.length;
    if (size > WAITING) response.pause();
  }

  function end(error?: Error): void {
    if (over) return;
    over = true;
    fault = error;
    if (asked === undefined) return;
    if (fault === undefined) asked.resolve({ done: true, value: undefined });
    else asked.reject(fault);
    asked = undefined;
  }

  function begin(): void {
    begun = true;
    response
      .on("data", take)
      .on("end", () => end())
      .on("error", end)
      .on("close", () => end(closed()));
    // Whoever begins late hears nothing of what ended the answer before.
    if (response.destroyed) end(response.errored ?? closed());
  }

  const iterator: AsyncIterator<Uint8Array> = {
    next() {
      if (!begun) begin();
      const chunk = waiting.shift();
      if (chunk !== undefined) {
        size -= chunk.length;
        if (size <= WAITING && response.isPaused()) response.resume();
        return Promise.resolve({ done: false, value: chunk });
      }
      if (!over) return new Promise((resolve, reject) => (asked = { resolve, reject }));
      if (fault === undefined) return Promise.resolve({ done: true, value: undefined });
      return Promise.reject(fault);
    },
    return() {
      if (!over) response.destroy();
      end();
      return Promise.resolve({ done: true, value: undefined });
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

const closed = (): Error => Object.assign(new Error("the connection was closed"), { code: "ECONNRESET" });
