import { equal } from "../../../json/equal.ts";
import type { JsonObject } from "../../../json/value.ts";

/** Decides when the state of a stream's parents counts: once all partitions made up to then are closed. */
export interface ParentProgress {
  /** A partition was made with the parents in this state. */
  made(sequence: number, state: JsonObject | undefined): void;
  /** The state that counts as of now, where it changed. */
  reached(firstOpen: number | undefined): JsonObject | undefined;
}

export function parentProgress(): ParentProgress {
  const steps: { readonly sequence: number; readonly state: JsonObject }[] = [];
  return {
    made(sequence, state) {
      const last = steps.at(-1)?.state;
      if (state === undefined || last === state || (last !== undefined && equal(last, state))) return;
      steps.push({ sequence, state });
    },
    reached(firstOpen) {
      const waiting = steps.findIndex(({ sequence }) => firstOpen !== undefined && firstOpen <= sequence);
      return steps.splice(0, waiting < 0 ? steps.length : waiting).at(-1)?.state;
    },
  };
}
