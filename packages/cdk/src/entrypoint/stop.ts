import { transientError } from "../errors.ts";

/** How a run ends before its time. */
export interface Stop {
  readonly signal: AbortSignal;
  /** The exit code to end with, once told to stop. */
  readonly exitCode: number | undefined;
  /** Tells the source to end. Told twice, the run is given up at once. */
  request(exitCode: number, reason: string): void;
  /** Ends the run here and now. */
  giveUp(exitCode: number): void;
  /** Whether the source had its time to end by itself. */
  late(): boolean;
  /** Settles when the run is given up. */
  readonly givenUp: Promise<void>;
  /** Forgets the timer: the run has ended. */
  clear(): void;
}

export interface StopTimes {
  /** Milliseconds that a source may go on yielding after it was told to stop. */
  readonly yielding: number;
  /** Milliseconds after which a run is given up, whatever it waits for. */
  readonly all: number;
}

export function createStop({ yielding, all }: StopTimes = { yielding: 1000, all: 5000 }): Stop {
  const controller = new AbortController();
  let exitCode: number | undefined;
  let since = Infinity;
  let timer: NodeJS.Timeout | undefined;
  let resolve: () => void;
  const givenUp = new Promise<void>((settle) => (resolve = settle));
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    request(code, reason) {
      if (exitCode !== undefined) return resolve();
      exitCode = code;
      since = performance.now();
      timer = setTimeout(() => resolve(), all);
      controller.abort(transientError(`The run was told to stop: ${reason}.`, { code: "stopped" }));
    },
    giveUp(code) {
      exitCode ??= code;
      since = -Infinity;
      controller.abort(transientError("The run was given up.", { code: "stopped" }));
      resolve();
    },
    late: () => performance.now() - since >= yielding,
    givenUp,
    clear: () => clearTimeout(timer),
  };
}
