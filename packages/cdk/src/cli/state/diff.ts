import { difference } from "../../datetime/arithmetic.ts";
import { totalSeconds } from "../../datetime/timedelta.ts";
import { equal } from "../../json/equal.ts";
import { printJson } from "../../json/print.ts";
import { entries, isList, isObject, type Json } from "../../json/value.ts";
import type { State } from "../../protocol/incoming-state.ts";
import { duration } from "../terminal/amounts.ts";
import type { Style } from "../terminal/style.ts";
import { spellingLike } from "./moments.ts";

export interface Difference {
  readonly stream: string;
  /** Where in the stream's state; empty for all of it. */
  readonly place: string;
  /** Undefined where it is not there. */
  readonly from: Json | undefined;
  readonly to: Json | undefined;
}

/** What changed from one state to another. */
export function stateDifferences(before: State, after: State): Difference[] {
  const names = new Map(
    [...before.streams, ...after.streams].map(({ name, namespace }) => [
      `${namespace ?? ""}\n${name}`,
      { name, namespace },
    ]),
  );
  return [...names.values()].flatMap(({ name, namespace }) => {
    const [from, to] = [before, after].map((state) =>
      state.streams.find((stream) => stream.name === name && stream.namespace === namespace),
    );
    const title = namespace === undefined ? name : `${namespace}.${name}`;
    return [...differences(from?.state, to?.state, "")].map((each) => ({ stream: title, ...each }));
  });
}

function* differences(
  from: Json | undefined,
  to: Json | undefined,
  place: string,
): Generator<Omit<Difference, "stream">> {
  if (from === to || (from !== undefined && to !== undefined && equal(from, to))) return;
  const [before, after] = [membersOf(from), membersOf(to)];
  if (before === undefined || after === undefined) {
    yield { place, from, to };
    return;
  }
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    yield* differences(before.get(key), after.get(key), place === "" ? key : `${place}.${key}`);
  }
}

/** Partitions go by what they are, not by their place. */
function membersOf(value: Json | undefined): Map<string, Json> | undefined {
  if (value === undefined) return undefined;
  if (isList(value)) return new Map(value.map((item, index) => [nameOf(item) ?? String(index), item]));
  return isObject(value) ? new Map(entries(value)) : undefined;
}

function nameOf(item: Json): string | undefined {
  const partition = isObject(item) ? item["partition"] : undefined;
  return partition === undefined ? undefined : printJson(partition);
}

export function printDifference({ stream, place, from, to }: Difference, style: Style): string {
  const where = `${style.bold(stream)}${place === "" ? "" : ` ${place}`}`;
  if (from === undefined) return `${style.green("+")} ${where}: ${printJson(to!)}\n`;
  if (to === undefined) return `${style.red("-")} ${where}: ${printJson(from)}\n`;
  return `${style.yellow("~")} ${where}: ${printJson(from)} → ${printJson(to)}${moved(from, to)}\n`;
}

/** By how much a time moved, where both are times. */
function moved(from: Json, to: Json): string {
  const [earlier, later] = [from, to].map((value) => spellingLike(value)?.read(value));
  if (earlier === undefined || later === undefined || (earlier.tz === undefined) !== (later.tz === undefined))
    return "";
  const seconds = totalSeconds(difference(later, earlier));
  return ` (${seconds < 0 ? "back" : "on"} by ${duration(Math.abs(seconds))})`;
}
