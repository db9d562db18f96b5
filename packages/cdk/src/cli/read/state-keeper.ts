import type { Json } from "../../json/value.ts";
import type { State } from "../../protocol/incoming-state.ts";
import { streamState } from "../../protocol/make-message.ts";
import type { Message } from "../../protocol/message.ts";
import { replaceFile } from "../connector/save-config.ts";
import { prettyJson } from "../../json/pretty.ts";

/** The last state of each stream, for the file that the next read starts from. */
export interface StateKeeper {
  message(message: Message): void;
  /**
   * Writes what it has into a file, and what was there before of streams that sent none.
   * @param kept the streams whose states count; all when left out
   */
  save(path: string, before: State, kept?: ReadonlySet<string>): void;
}

type StateMessage = Extract<Message, { type: "STATE" }>;

export function keepStates(): StateKeeper {
  const states = new Map<string, StateMessage>();
  return {
    message(message) {
      if (message.type === "STATE") states.set(keyOf(message), message);
    },
    save(path, before, kept) {
      const all = new Map<string, StateMessage>();
      for (const { state, ...stream } of before.streams) {
        const message = streamState(stream, state) as StateMessage; // it makes no other
        all.set(keyOf(message), message);
      }
      for (const [key, message] of states) {
        const name = message.state.stream?.stream_descriptor.name;
        if (name === undefined || kept === undefined || kept.has(name)) all.set(key, message);
      }
      const list = [...all.values()].map(({ state }) => state as unknown as Json); // it goes out as JSON
      replaceFile(path, `${prettyJson(list)}\n`);
    },
  };
}

const keyOf = ({ state }: StateMessage): string => JSON.stringify(state.stream?.stream_descriptor ?? null);
