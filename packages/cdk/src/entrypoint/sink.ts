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
  let unanswered = 0; // writes of which nobody said yet whether they went well
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
  async function until(done: () => boolean): Promise<void> {
    while (!broken && !done()) await new Promise<void>((resolve) => wake.push(resolve));
  }
  const isCaughtUp = (): boolean => target.writableLength <= ALLOWED;
  target.on("error", fail);

  return {
    write(bytes) {
      if (broken) return;
      const copy = spare !== undefined && spare.length >= bytes.length ? spare : Buffer.allocUnsafeSlow(bytes.length);
      copy.set(bytes);
      spare = undefined;
      unanswered++;
      write(copy.subarray(0, bytes.length), (error) => {
        unanswered--;
        if (error == null) settle();
        else fail(error);
      });
      if (target.writableLength === 0) spare = copy;
    },
    behind: () => (broken || isCaughtUp() ? undefined : until(isCaughtUp)),
    // A full disk is told of after the write: no run ends well before it is known that all of its output did.
    end: () => until(() => unanswered === 0 && target.writableLength === 0),
  };
}
