import type { Argv, CommandModule } from "yargs";
import { readJson } from "../entrypoint/inputs.ts";
import { configError } from "../errors.ts";
import { printJson } from "../json/print.ts";
import { prettyJson } from "../json/pretty.ts";
import type { Json } from "../json/value.ts";
import { parseCatalog } from "../protocol/configured-catalog.ts";
import { openConnector } from "./connector/open-connector.ts";
import { resolvedManifest } from "./connector/resolved-manifest.ts";
import { replaceFile } from "./connector/save-config.ts";
import { cursorsOf, type StreamCursors } from "./state/cursors.ts";
import { printDifference, stateDifferences } from "./state/diff.ts";
import { printStates, readStates } from "./state/read-states.ts";
import { rewind, type Rewinding } from "./state/rewind.ts";
import { stateTable } from "./state/show.ts";
import { stateProblems } from "./state/validate.ts";
import { formatOf } from "./terminal/format.ts";
import { processTerminal, type Terminal } from "./terminal/terminal.ts";

type Form = "text" | "json" | undefined;

/** `ferry state …`: what a sync left for the next one. */
export const stateCommand: CommandModule = {
  command: "state",
  describe: "Shows, compares, checks and rewinds states.",
  builder: (yargs) =>
    yargs
      .command(
        "show <file>",
        "Shows until when each stream was read.",
        (own) => formatted(ofFile(own)),
        async ({ file, format }) => showState(file, format, processTerminal()),
      )
      .command(
        "diff <before> <after>",
        "Shows what changed from one state to another.",
        (own) =>
          formatted(own)
            .positional("before", { type: "string", demandOption: true })
            .positional("after", { type: "string", demandOption: true })
            .option("exit-code", { type: "boolean", default: false, describe: "Ends with 1 where they differ." }),
        async ({ before, after, format, exitCode }) => {
          const isSame = await diffStates(before, after, format, processTerminal());
          if (exitCode && !isSame) process.exitCode = 1;
        },
      )
      .command(
        "rewind <file> [target]",
        "Sets cursors back, so that the next sync reads again what came since.",
        (own) =>
          ofTarget(ofFile(own))
            .option("to", { type: "string", describe: "The time to go back to, such as 2026-01-31." })
            .option("by", { type: "string", describe: "How far to go back, such as 7d or 12h." })
            .option("stream", { type: "string", array: true, describe: "Rewinds this stream only; may be repeated." })
            .option("write", { type: "boolean", default: false, describe: "Writes the new state into the file." })
            .conflicts("to", "by"),
        async ({ file, target, to, by, stream, write }) =>
          rewindState(file, target, { to, by, streams: stream }, write, processTerminal()),
      )
      .command(
        "validate <file> [target]",
        "Says what is wrong with a state for a connector.",
        (own) =>
          formatted(ofTarget(ofFile(own))).option("catalog", {
            type: "string",
            describe: "A configured catalog: the streams that there are.",
          }),
        async ({ file, target, catalog, format }) => {
          if (!(await validateState(file, target, catalog, format, processTerminal()))) process.exitCode = 1;
        },
      )
      .demandCommand(1, "A command is missing."),
  handler: () => undefined,
};

const ofFile = <T>(yargs: Argv<T>): Argv<T & { file: string }> =>
  yargs.positional("file", { type: "string", demandOption: true, describe: "A state's file, or what a read printed." });
const ofTarget = <T>(yargs: Argv<T>): Argv<T & { target: string }> =>
  yargs.positional("target", {
    type: "string",
    default: ".",
    describe: "The connector, for the formats of its cursors.",
  });
const formatted = <T>(yargs: Argv<T>): Argv<T & { format: Form }> =>
  yargs.option("format", { choices: ["text", "json"] as const });

export async function showState(file: string, format: Form, terminal: Terminal): Promise<void> {
  const state = await readStates(file);
  const isText = formatOf(format, terminal, "json") === "text";
  terminal.print(isText ? stateTable(state, terminal) : printStates(state));
}

/** Whether they are the same. */
export async function diffStates(before: string, after: string, format: Form, terminal: Terminal): Promise<boolean> {
  const found = stateDifferences(await readStates(before), await readStates(after));
  if (formatOf(format, terminal, "json") === "json") {
    const list = found.map((each): Json => ({ ...each, from: each.from ?? null, to: each.to ?? null }));
    terminal.print(`${prettyJson(list)}\n`);
  } else {
    terminal.print(found.map((each) => printDifference(each, terminal.style)).join("") || "They are the same.\n");
  }
  return found.length === 0;
}

/** Prints the state that comes of it, or writes it into the file; says on stderr what it changes. */
export async function rewindState(
  file: string,
  target: string,
  rewinding: Rewinding,
  write: boolean,
  terminal: Terminal,
): Promise<void> {
  if (rewinding.to === undefined && rewinding.by === undefined) {
    throw configError("State how far to go back: --to 2026-01-31, or --by 7d.");
  }
  const { cursors } = await knownCursors(target);
  const state = await readStates(file);
  if (write && state.isPrinted) {
    throw configError(
      `${file} holds what a connector printed: --write would put a state in the place of its records. Leave --write out, ` +
        "and keep what comes on stdout.",
    );
  }
  const { streams, changes } = rewind(state, cursors, rewinding);
  for (const { stream, place, from, to } of changes) {
    terminal.complain(`${terminal.remarks.bold(stream)} ${place}: ${printJson(from)} → ${printJson(to)}\n`);
  }
  if (changes.length === 0) {
    const why = rewinding.to === undefined ? "No cursor in it is a time" : "Nothing in it is later than that";
    terminal.complain(`${why}: the state stays as it is.\n`);
  }
  const text = printStates({ ...state, streams });
  if (write) replaceFile(file, text);
  else terminal.print(text);
}

/** Whether it has no errors. */
export async function validateState(
  file: string,
  target: string,
  catalog: string | undefined,
  format: Form,
  terminal: Terminal,
): Promise<boolean> {
  const state = await readStates(file);
  const problems = stateProblems(state, await streamsOf(target, catalog));
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (formatOf(format, terminal, "json") === "json") {
    terminal.print(`${prettyJson({ file, errors, problems: problems.map((problem): Json => ({ ...problem })) })}\n`);
    return errors === 0;
  }
  const { style } = terminal;
  for (const { severity, stream, place, message } of problems) {
    const mark = severity === "error" ? style.red("error") : style.yellow("warning");
    terminal.print(`${mark} ${style.bold(stream)}${place === "" ? "" : ` ${place}`}: ${message}\n`);
  }
  const told =
    problems.length === 0 ? "is valid" : `has ${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
  terminal.print(`${file} ${told}.\n`);
  return errors === 0;
}

/** The cursors of a connector, where there is one: values of others are read by their look. */
async function knownCursors(target: string): Promise<StreamCursors> {
  try {
    return await targetCursors(target);
  } catch (error) {
    if (target === ".") return { cursors: new Map(), isWhole: false }; // nobody said that there is one
    throw error;
  }
}

const targetCursors = async (target: string): Promise<StreamCursors> =>
  cursorsOf(await resolvedManifest(await openConnector(target)));

async function streamsOf(target: string, catalog: string | undefined): Promise<StreamCursors> {
  if (catalog === undefined) return targetCursors(target);
  const { cursors } = await knownCursors(target);
  const { streams } = parseCatalog(await readJson("catalog", catalog));
  const named = streams.map(({ stream, cursor_field: chosen }) => {
    const field = (chosen ?? stream.default_cursor_field)?.[0];
    return [
      stream.name,
      cursors.get(stream.name) ?? (field === undefined ? undefined : { field, formats: [] }),
    ] as const;
  });
  return { cursors: new Map(named), isWhole: true };
}
