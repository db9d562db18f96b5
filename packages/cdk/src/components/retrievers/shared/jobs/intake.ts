import type { Slice } from "../../../../roles.ts";

/** Slices as they come: one is taken ahead, and nobody has to wait for the next. */
export interface Intake {
  /** The next slice, undefined while there is none yet, or none any more. */
  readonly held: Slice | undefined;
  readonly ended: boolean;
  /** Why there are no more, where the making of slices failed; taken away by who tells it. */
  failure: { readonly error: unknown } | undefined;
  /** Takes the held slice, and begins to make the next. */
  take(): Slice;
  /** Settles when a slice is held, or there are no more. */
  pulled(): Promise<void>;
  /** Settles then too, but no later than the event loop turns: slices that need no requests are all taken at once. */
  soon(): Promise<void>;
  close(): void;
}

export function createIntake(slices: AsyncIterable<Slice>): Intake {
  const source = slices[Symbol.asyncIterator]();
  let held: Slice | undefined;
  let ended = false;
  let failure: Intake["failure"];
  let pulling = pull();

  async function pull(): Promise<void> {
    try {
      const next = await source.next();
      if (next.done === true) ended = true;
      else held = next.value;
    } catch (error) {
      ended = true;
      failure = { error };
    }
  }

  return {
    get held() {
      return held;
    },
    get ended() {
      return ended;
    },
    get failure() {
      return failure;
    },
    set failure(value) {
      failure = value;
    },
    take() {
      const slice = held!;
      held = undefined;
      pulling = pull();
      return slice;
    },
    pulled: () => pulling,
    soon: () => Promise.race([pulling, new Promise<void>((resolve) => setImmediate(resolve))]),
    close() {
      // A slice may be in the making, which takes as long as it takes; nobody waits for it any more.
      source.return?.().then(undefined, () => undefined);
    },
  };
}
