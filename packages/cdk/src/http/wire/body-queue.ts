/** What a body's queue can do to the connection that fills it. */
export interface Source {
  pause(): void;
  resume(): void;
  /** Breaks it. */
  destroy(): void;
}

/** The body of an answer between the connection that it comes over and who reads it, once. */
export interface BodyQueue extends AsyncIterable<Uint8Array> {
  push(chunk: Uint8Array): void;
  /** The body is over, or broken. */
  end(fault?: Error): void;
  /** Whether bytes wait for their reader. */
  isWaiting(): boolean;
  /** Reads on as long as that is cheaper than another connection. Settles when nothing more comes. */
  discard(): Promise<void>;
}

/** Bytes that may wait for their reader. */
const WAITING = 128 * 1024;
/** Bytes of a body that nobody wants which are read for the sake of the connection. */
const DISCARDED = 65_536;

export function bodyQueue(source: Source): BodyQueue {
  const waiting: Uint8Array[] = [];
  let size = 0;
  let paused = false;
  let begun = false;
  let over = false;
  let fault: Error | undefined;
  let asked: { resolve(result: IteratorResult<Uint8Array>): void; reject(fault: Error): void } | undefined;
  /** What may still come of a body that nobody wants, and who waits for its end. */
  let unwanted: { left: number; readonly done: () => void } | undefined;

  function push(chunk: Uint8Array): void {
    if (over) return;
    if (unwanted !== undefined) {
      unwanted.left -= chunk.length;
      if (unwanted.left < 0) source.destroy();
    } else if (asked !== undefined) {
      const { resolve } = asked;
      asked = undefined;
      resolve({ done: false, value: chunk });
    } else {
      waiting.push(chunk);
      size += chunk.length;
      if (size <= WAITING || paused) return;
      paused = true;
      source.pause();
    }
  }

  function end(error?: Error): void {
    if (over) return;
    over = true;
    fault = error;
    unwanted?.done();
    if (asked === undefined) return;
    if (fault === undefined) asked.resolve({ done: true, value: undefined });
    else asked.reject(fault);
    asked = undefined;
  }

  function flow(): void {
    if (!paused || over) return;
    paused = false;
    source.resume();
  }

  const iterator: AsyncIterator<Uint8Array> = {
    next() {
      begun = true;
      const chunk = waiting.shift();
      if (chunk !== undefined) {
        size -= chunk.length;
        if (size <= WAITING) flow();
        return Promise.resolve({ done: false, value: chunk });
      }
      if (!over) return new Promise((resolve, reject) => (asked = { resolve, reject }));
      return fault === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(fault);
    },
    return() {
      if (!over) source.destroy();
      end();
      waiting.length = 0;
      return Promise.resolve({ done: true, value: undefined });
    },
  };

  return {
    push,
    end,
    isWaiting: () => size > 0,
    discard() {
      const left = DISCARDED - size;
      waiting.length = size = 0;
      if (over) return Promise.resolve();
      return new Promise((done) => {
        unwanted = { left, done };
        // Who began to read has most of it already.
        if (begun || left < 0) source.destroy();
        else flow();
      });
    },
    [Symbol.asyncIterator]: () => iterator,
  };
}
