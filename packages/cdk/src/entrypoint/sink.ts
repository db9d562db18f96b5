/** Where the bytes of the output go. */
export interface Sink {
  /** Takes bytes, which hold only until it returns. */
  write(bytes: Uint8Array): void;
  /** Settles when what was taken has nearly gone out, undefined when it has. */
  behind(): Promise<void> | undefined;
  /** Settles when all that was taken has gone out, or nobody reads any more. */
  end(): Promise<void>;
}

/** What a sink writes to: `process.stdout`, as far as it is needed. */
export interface Target {
  /** Bytes that were taken and have not gone out. */
  readonly writableLength: number;
  write(bytes: Uint8Array, done: (error?: Error | null) => void): boolean;
  on(event: "error", listener: (error: Error) => void): unknown;
}

const ALLOWED = 1 << 20; // bytes that may wait for a slow reader while the next ones are made

/**
 * A sink into a stream such as stdout. Its first error is told, and is the end of it. A piece of memory is copied to and
 * written from as long as the stream takes all at once, as a file does, and a pipe with room.
 */
export function streamSink(target: Target, failed: (error: Error) => void): Sink {
  const write = target.write.bind(target); // the process's own `write` may be watched
  let spare: Buffer | undefined;
  let broken = false;
  let wake: (() => void)[] = [];

  function fail(error: Error): void {
    if (!broken) failed(error);
    broken = true;
    settle();
  }
  function settle(): void {
    const woken = wake;
    wake = [];
    for (const resolve of woken) resolve();
  }
  async function below(limit: number): Promise<void> {
    while (!broken && target.writableLength > limit) await new Promise<void>((resolve) => wake.push(resolve));
  }
  target.on("error", fail);

  return {
    write(bytes) {
      if (broken) return;
      const copy = spare !== undefined && spare.length >= bytes.length ? spare : Buffer.allocUnsafeSlow(bytes.length);
      copy.set(bytes);
      spare = undefined;
      write(copy.subarray(0, bytes.length), (error) => (error == null ? settle() : fail(error)));
      if (target.writableLength === 0) spare = copy;
    },
    behind: () => (broken || target.writableLength <= ALLOWED ? undefined : below(ALLOWED)),
    end: () => below(0),
  };
}
