import { readText } from "../../entrypoint/inputs.ts";
import { configError } from "../../errors.ts";
import { JsonError } from "../../json/json-error.ts";
import { parseJson } from "../../json/parse.ts";
import { prettyJson } from "../../json/pretty.ts";
import { get, isObject, type Json } from "../../json/value.ts";
import { parseState, type State } from "../../protocol/incoming-state.ts";
import { describeStream } from "../../protocol/make-message.ts";

export interface ReadStates extends State {
  /** Whether the file holds what a connector printed, records among it, not a state alone. */
  readonly isPrinted: boolean;
}

/**
 * Reads states: a state's file, or lines that a connector printed, of which the last STATE of each stream counts.
 * @throws a config error that names the file and the fault
 */
export async function readStates(path: string): Promise<ReadStates> {
  const text = (await readText("state", path)).replace(/^\uFEFF/, "");
  const whole = parsed(text);
  if (whole !== undefined) {
    const isPrinted = isMessage(whole);
    return { ...parseState(isPrinted && !isState(whole) ? [] : whole), isPrinted };
  }
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const messages = lines.map((line, index) => {
    const message = parsed(line);
    if (message !== undefined) return message;
    throw configError(`The state file ${path} holds neither JSON nor lines of JSON: line ${index + 1} is none.`);
  });
  return { ...parseState(messages.filter(isState)), isPrinted: true };
}

function parsed(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

const typeOf = (value: Json): Json | undefined => (isObject(value) ? get(value, "type") : undefined);
const isState = (value: Json): boolean => typeOf(value) === "STATE";
/** Whether a file of one line is what a connector printed. */
const isMessage = (value: Json): boolean => ["RECORD", "LOG", "TRACE", "STATE"].includes(String(typeOf(value)));

/** A state's file: a list with a STREAM state for each, or the GLOBAL one where they share something. */
export function printStates({ streams, shared }: Pick<State, "streams" | "shared">): string {
  const states = streams.map((stream): Json => ({
    stream_descriptor: { ...describeStream(stream) },
    stream_state: stream.state,
  }));
  const list: Json =
    shared === undefined
      ? states.map((stream) => ({ type: "STREAM", stream }))
      : [{ type: "GLOBAL", global: { shared_state: shared, stream_states: states } }];
  return `${prettyJson(list)}\n`;
}
