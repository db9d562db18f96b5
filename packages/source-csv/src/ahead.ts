/** Bytes that can be looked at before they are read. */
export interface Ahead {
  /** The first bytes: so many at least, unless there are fewer. */
  peek(size: number): Promise<Buffer>;
  /** Whether `peek` gave all there is. */
  readonly ended: boolean;
  /** All bytes from this one on, which `peek` must have shown. Once. */
  rest(from?: number): AsyncGenerator<Uint8Array>;
  /** Reads no more. */
  close(): Promise<void>;
}

export function lookAhead(bytes: AsyncIterable<Uint8Array>): Ahead {
  const parts = bytes[Symbol.asyncIterator]();
  let shown: Uint8Array[] = [];
  let length = 0;
  let ended = false;

  async function close(): Promise<void> {
    await parts.return?.();
  }

  return {
    get ended() {
      return ended;
    },
    async peek(size) {
      while (!ended && length < size) {
        const next = await parts.next();
        if (next.done === true) ended = true;
        else {
          shown.push(next.value);
          length += next.value.length;
        }
      }
      shown = [Buffer.concat(shown)];
      return shown[0] as Buffer;
    },
    async *rest(from = 0) {
      try {
        let skipped = from;
        for (let part = shown.shift(); part !== undefined; part = shown.shift()) {
          if (part.length > skipped) yield part.subarray(skipped);
          skipped = Math.max(0, skipped - part.length);
        }
        if (ended) return;
        for (let next = await parts.next(); next.done !== true; next = await parts.next()) yield next.value;
      } finally {
        await close();
      }
    },
    close,
  };
}
