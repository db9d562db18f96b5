import { compare, subtract } from "../../datetime/arithmetic.ts";
import type { DateTime } from "../../datetime/datetime.ts";
import { configError } from "../../errors.ts";
import { get, isList, isObject, fromEntries, entries, type Json, type JsonObject } from "../../json/value.ts";
import type { IncomingStreamState, State } from "../../protocol/incoming-state.ts";
import { nearest } from "../../protocol/nearest.ts";
import type { StreamCursors } from "./cursors.ts";
import { durationGiven, momentGiven, spellingLike, spellingOf } from "./moments.ts";
import { mapCursors, type CursorValue } from "./walk.ts";

export interface Rewinding {
  /** A time: what is later becomes this. */
  readonly to?: string | undefined;
  /** A length of time that each value goes back. */
  readonly by?: string | undefined;
  /** The streams to rewind; all when left out. */
  readonly streams?: readonly string[] | undefined;
}

export interface Rewound {
  readonly streams: readonly IncomingStreamState[];
  /** What was changed, for people. */
  readonly changes: readonly {
    readonly stream: string;
    readonly place: string;
    readonly from: Json;
    readonly to: Json;
  }[];
}

/**
 * Sets cursors back, so that the next sync reads again what came since. Never forward. What is no time, such as a count, stays.
 * @throws a config error for a stream without a state, a time or a length that is none
 */
export function rewind(state: State, cursors: StreamCursors["cursors"], { to, by, streams }: Rewinding): Rewound {
  const names = state.streams.map(({ name }) => name);
  for (const name of streams ?? []) {
    if (names.includes(name)) continue;
    const near = nearest(name, names);
    throw configError(
      `There is no state of a stream "${name}".${near === undefined ? "" : ` Did you mean "${near}"?`}`,
    );
  }
  const back = backTo(to, by);
  const changes: { stream: string; place: string; from: Json; to: Json }[] = [];
  const rewound = state.streams.map((stream) => {
    if (streams !== undefined && !streams.includes(stream.name)) return stream;
    const changed = mapCursors(stream.name, stream.state, cursors, (value) => {
      const next = rewoundValue(value, cursors, back);
      if (next !== value.value) changes.push({ stream: stream.name, place: value.place, from: value.value, to: next });
      return next;
    });
    return { ...stream, state: withoutEmpty(changed) };
  });
  return { streams: rewound, changes };
}

function backTo(to: string | undefined, by: string | undefined): (moment: DateTime) => DateTime {
  if (to !== undefined) {
    const target = momentGiven(to, "--to");
    return (moment) => (compare(moment, target) > 0 ? target : moment);
  }
  const duration = durationGiven(by ?? "", "--by");
  return (moment) => subtract(moment, duration);
}

function rewoundValue(
  { stream, key, value }: CursorValue,
  cursors: StreamCursors["cursors"],
  back: (moment: DateTime) => DateTime,
): Json {
  if (key === "start") return value; // an interval begins where it began, and ends earlier
  const formats = cursors.get(stream)?.formats;
  if (formats?.length === 0) return value;
  const spelling = formats === undefined ? spellingLike(value) : spellingOf(formats);
  const moment = spelling?.read(value);
  if (spelling === undefined || moment === undefined) return value;
  const next = back(moment);
  return next === moment ? value : sameKind(value, spelling.write(next));
}

/** A number stays a number. */
const sameKind = (before: Json, after: Json): Json =>
  typeof before === "number" && typeof after === "string" ? Number(after) : after;

/** Without intervals that end before they begin: of those nothing counts as read. */
function withoutEmpty(state: JsonObject): JsonObject {
  return fromEntries(
    entries(state).map(([key, value]): [string, Json] => {
      if (key !== "slices" || !isList(value)) return [key, isObject(value) ? withoutEmpty(value) : value];
      return [key, value.filter((slice, index) => index === 0 || !isEmpty(slice))];
    }),
  );
}

function isEmpty(slice: Json): boolean {
  if (!isObject(slice)) return false;
  const [start, end] = [get(slice, "start"), get(slice, "end")];
  return typeof start === "string" && typeof end === "string" ? start >= end : false;
}
