import { compare } from "../../datetime/arithmetic.ts";
import { now } from "../../datetime/epoch.ts";
import { printJson } from "../../json/print.ts";
import { get, has, isObject } from "../../json/value.ts";
import type { IncomingStreamState, State } from "../../protocol/incoming-state.ts";
import { nearest } from "../../protocol/nearest.ts";
import type { StreamCursors } from "./cursors.ts";
import { spellingOf } from "./moments.ts";
import { cursorValues } from "./walk.ts";

export interface StateProblem {
  readonly severity: "error" | "warning";
  readonly stream: string;
  readonly place: string;
  readonly message: string;
}

/** What is wrong with a state for these streams. A stream that is not known is no error where there may be others. */
export function stateProblems(state: State, { cursors, isWhole }: StreamCursors): StateProblem[] {
  return state.streams.flatMap((stream) => [...problemsOf(stream, cursors, isWhole)]);
}

function* problemsOf(
  { name, state }: IncomingStreamState,
  cursors: StreamCursors["cursors"],
  isWhole: boolean,
): Generator<StateProblem> {
  const problem = (severity: StateProblem["severity"], place: string, message: string): StateProblem => ({
    severity,
    stream: name,
    place,
    message,
  });
  const words = cursors.get(name);
  const hasNone = has(state, "__ab_no_cursor_state_message") || Object.keys(state).length === 0;
  if (!cursors.has(name)) {
    const near = nearest(name, cursors.keys());
    const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
    if (isWhole) yield problem("error", "", `The connector has no such stream.${meant}`);
    return;
  }
  if (words === undefined) {
    if (!hasNone)
      yield problem("warning", "", "The stream has no cursor: it is read whole, and its state is of no account.");
    return;
  }
  if (hasNone) {
    yield problem(
      "warning",
      "",
      `The state holds nothing of the cursor "${words.field}": the stream is read from its start.`,
    );
    return;
  }
  const values = cursorValues(name, state, cursors);
  if (values.length === 0) {
    yield problem(
      "error",
      "",
      `The cursor's field "${words.field}" stands nowhere in it: the stream would be read from its start.`,
    );
  }
  const states = get(state, "states");
  for (const [index, entry] of (Array.isArray(states) ? states : []).entries()) {
    if (isObject(entry) && isObject(get(entry, "partition") ?? null) && isObject(get(entry, "cursor") ?? null))
      continue;
    yield problem(
      "error",
      `states.${index}`,
      'Each of the states must have a "partition" and a "cursor", both objects.',
    );
  }
  for (const { place, stream, value } of values) {
    const formats = cursors.get(stream)?.formats ?? [];
    if (formats.length === 0 || value === null) continue;
    const moment = spellingOf(formats).read(value);
    if (moment === undefined) {
      yield problem(
        "error",
        place,
        `${printJson(value)} cannot be read: the cursor's format is ${formats.join(" or ")}.`,
      );
    } else if (moment.tz !== undefined && compare(moment, now()) > 0) {
      yield problem("warning", place, `${printJson(value)} is in the future: what comes until then is not read.`);
    }
  }
}
