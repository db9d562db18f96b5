import { printJson } from "../../json/print.ts";
import { get, has, isList, isObject, type Json } from "../../json/value.ts";
import type { IncomingStreamState, State } from "../../protocol/incoming-state.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { cursorValues } from "./walk.ts";

/** The states as a table: a line for each stream. */
export function stateTable({ streams }: State, terminal: Pick<Terminal, "width" | "style">): string {
  if (streams.length === 0) return "There is no state: all streams are read from their start.\n";
  const columns = [
    { head: "stream" },
    { head: "cursor" },
    { head: "until" },
    { head: "partitions", align: "right" as const },
  ];
  const rows = streams.map((stream) => {
    const { cursor, until, partitions } = overviewOf(stream);
    return [terminal.style.bold(stream.name), cursor, until, partitions];
  });
  return table(columns, rows, terminal);
}

function overviewOf({ name, state }: IncomingStreamState): { cursor: string; until: string; partitions: string } {
  if (has(state, "__ab_no_cursor_state_message")) return { cursor: "none", until: "read whole", partitions: "" };
  const states = get(state, "states");
  const values = cursorValues(name, state, new Map()).filter(
    ({ stream, key, value }) =>
      stream === name && key !== "start" && key !== "most_recent_cursor_value" && value !== null,
  );
  const sorted = values.map(({ value }) => textOf(value)).sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  return {
    cursor: [...new Set(values.map(({ key }) => (key === "end" ? "intervals" : key)))].join(", "),
    until: first === undefined ? "" : first === last ? first : `${first} … ${last ?? ""}`,
    partitions: isList(states) ? String(states.length) : isObject(states ?? null) ? "1" : "",
  };
}

const textOf = (value: Json): string => (typeof value === "string" ? value : printJson(value));
