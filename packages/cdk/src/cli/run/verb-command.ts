import type { Verb } from "../../entrypoint/arguments.ts";
import type { Surroundings } from "../../entrypoint/run-command.ts";
import { processSurroundings } from "../../entrypoint/run-source.ts";
import { printJson } from "../../json/print.ts";
import type { Json } from "../../json/value.ts";
import type { Message } from "../../protocol/message.ts";
import { prettyJson } from "../../json/pretty.ts";
import { formatOf } from "../terminal/format.ts";
import { processTerminal, type Terminal } from "../terminal/terminal.ts";
import { runForPeople } from "./run-for-people.ts";
import { runProtocol } from "./run-protocol.ts";
import { openSession } from "./session.ts";
import type { VerbArguments } from "./verb-arguments.ts";

/** Where a command runs: the process, or a test. */
export interface Place {
  readonly terminal: Terminal;
  readonly surroundings: Surroundings;
}

export const processPlace = (): Place => ({ terminal: processTerminal(), surroundings: processSurroundings() });

/** What is shown of the one message that a verb is about, for people. */
export interface Answer {
  readonly text: string;
  readonly exitCode: number;
}

/** Runs `spec`, `check` or `discover`; `answer` gives undefined for all messages but the one that it is about. */
export async function runVerbCommand(
  verb: Exclude<Verb, "read">,
  args: VerbArguments,
  { terminal, surroundings }: Place,
  answer: (message: Message, terminal: Terminal) => Answer | undefined,
): Promise<number> {
  const session = await openSession(args, terminal);
  const format = formatOf(args.format, terminal, "jsonl");
  if (format === "jsonl") return runProtocol(session, { verb, debug: args.debug, inputs: {} }, surroundings);
  let exitCode = 1;
  const code = await runForPeople(
    session,
    verb,
    {},
    {
      complain: terminal.complain,
      style: terminal.remarks,
      logLevel: args.debug ? "DEBUG" : "INFO",
      onMessage(message) {
        const answered = answer(message, terminal);
        if (answered === undefined) return;
        terminal.print(format === "json" ? `${prettyJson(contentOf(message))}\n` : answered.text);
        exitCode = answered.exitCode;
      },
    },
  );
  return code === 0 ? exitCode : code;
}

function contentOf(message: Message): Json {
  switch (message.type) {
    case "SPEC":
      return message.spec; // it came as JSON, or goes out as it
    case "CATALOG":
      return message.catalog;
    case "CONNECTION_STATUS":
      return message.connectionStatus;
    default:
      return printJson(message);
  }
}
