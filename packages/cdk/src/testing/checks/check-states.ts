import { entries, Float, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { ProblemList } from "./problem.ts";

export interface StateCheck {
  record(): void;
  /** A STATE of the stream, and the number of records that it says it counts for. */
  state(state: JsonObject, recordCount: Json | undefined): void;
  end(isComplete: boolean): void;
}

/** Checks the states of a stream: that one comes after the last record, counts what came before it, and never goes back. */
export function createStateCheck(stream: string, isIncremental: boolean, problems: ProblemList): StateCheck {
  let since = 0;
  let states = 0;
  const cursors = new Map<string, string | number>();
  return {
    record() {
      since++;
    },
    state(state, recordCount) {
      states++;
      const counted = recordCount instanceof Float ? recordCount.value : recordCount;
      if (counted === undefined) {
        problems.add({ rule: "state-count", stream, message: `STATE ${states} has no sourceStats.recordCount.` });
      } else if (Number(counted) !== since) {
        problems.add({
          rule: "state-count",
          stream,
          message: `STATE ${states} counts ${String(counted)} records, but ${since} came since the STATE before.`,
        });
      }
      since = 0;
      for (const [place, value] of leaves(state, "")) {
        const before = cursors.get(place);
        if (before !== undefined && isEarlier(value, before)) {
          problems.add({
            rule: "cursor",
            stream,
            message: `STATE ${states} goes back: ${place} is ${JSON.stringify(value)}, and was ${JSON.stringify(before)}.`,
          });
        }
        cursors.set(place, value);
      }
    },
    end(isComplete) {
      if (!isComplete) return;
      if (since > 0) {
        problems.add({
          rule: "state",
          stream,
          message: `${since} records came after the last STATE: they are lost where a sync is resumed.`,
        });
      } else if (states === 0) {
        const why = isIncremental ? "an incremental stream" : "a stream that was read to its end";
        problems.add({ rule: "state", stream, message: `No STATE came of ${why}.` });
      }
    },
  };
}

/** Values of a state that can be told to be earlier or later, by their places; of partitions by what parts them. */
function* leaves(value: Json, place: string): Generator<[string, string | number]> {
  if (typeof value === "string" || typeof value === "number") yield [place, value];
  else if (isList(value)) {
    for (const [index, item] of value.entries()) {
      const partition = isObject(item) ? item["partition"] : undefined;
      yield* leaves(item, `${place}[${partition === undefined ? index : JSON.stringify(partition)}]`);
    }
  } else if (isObject(value)) {
    for (const [name, member] of entries(value)) {
      if (name === "partition" || name === "lookback_window" || name === "slices") continue; // what is no cursor
      yield* leaves(member, place === "" ? name : `${place}.${name}`);
    }
  }
}

/** Only what has one form is compared: numbers, dates of ISO 8601. */
function isEarlier(value: string | number, before: string | number): boolean {
  if (typeof value === "number" && typeof before === "number") return value < before;
  const [now, then] = [value, before].map((each) =>
    /^\d{4}-\d\d-\d\d/.test(String(each)) ? Date.parse(String(each)) : NaN,
  );
  return now! < then!;
}
