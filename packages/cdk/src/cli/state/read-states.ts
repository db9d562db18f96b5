import { readText } from "../../entrypoint/inputs.ts";
import { configError } from "../../errors.ts";
import { JsonError } from "../../json/json-error.ts";
import { parseJson } from "../../json/parse.ts";
import { prettyJson } from "../../json/pretty.ts";
import { get, isObject, type Json } from "../../json/value.ts";
import { parseState, type IncomingStreamState, type State } from "../../protocol/incoming-state.ts";
import { describeStream } from "../../protocol/make-message.ts";

/**
 * Reads states: a state's file, or lines that a connector printed, of which the last STATE of each stream counts.
 * @throws a config error that names the file and the fault
 */
export async function readStates(path: string): Promise<State> {
  const text = (await readText("state", path)).replace(/^\uFEFF/, "");
  const whole = parsed(text);
  if (whole !== undefined) return parseState(isMessage(whole) && !isState(whole) ? [] : whole);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const messages = lines.map((line, index) => {
    const message = parsed(line);
    if (message !== undefined) return message;
    throw configError(`The state file ${path} holds neither JSON nor lines of JSON: line ${index + 1} is none.`);
  });
  return parseState(messages.filter(isState));
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

/** A state's file: a list with a STREAM state for each. */
export function printStates(streams: readonly IncomingStreamState[]): string {
  const list = streams.map((stream): Json => ({
    type: "STREAM",
    stream: { stream_descriptor: { ...describeStream(stream) }, stream_state: stream.state },
  }));
  return `${prettyJson(list)}\n`;
}
