/** Keys of a terminal, one at a time. */
export interface Keys {
  /** Whether there is a terminal to listen to. */
  readonly isListening: boolean;
  /** Settles when `q` or Ctrl-C is pressed. */
  readonly quit: Promise<void>;
  close(): void;
}

/** Listens to single keys; Enter counts as `r`. Where there is no terminal nothing is heard. */
export function listenToKeys(stream: NodeJS.ReadStream | undefined, { r }: { r(): void }): Keys {
  if (stream?.isTTY !== true) return { isListening: false, quit: new Promise(() => undefined), close: () => undefined };
  const input = stream;
  let onData: ((data: Buffer) => void) | undefined;
  const quit = new Promise<void>((resolve) => {
    onData = (data) => {
      for (const key of data.toString()) {
        if (key === "q" || key === "\x03" || key === "\x04")
          resolve(); // in raw mode Ctrl-C is a key
        else if (key === "r" || key === "\r" || key === "\n") r();
      }
    };
  });
  input.setRawMode(true);
  input.on("data", onData!); // set by the promise at once
  input.resume();
  return {
    isListening: true,
    quit,
    close() {
      input.off("data", onData!);
      input.setRawMode(false);
      input.pause();
    },
  };
}
