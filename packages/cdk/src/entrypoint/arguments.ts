import { nearest } from "../protocol/nearest.ts";

export type Verb = "spec" | "check" | "discover" | "read";

/** What the command line of a connector says. Paths are as they were given. */
export interface Arguments {
  readonly verb: Verb;
  readonly debug: boolean;
  readonly config?: string;
  readonly catalog?: string;
  readonly state?: string;
  readonly "manifest-path"?: string;
  readonly "components-path"?: string;
}

/** What to print on stderr in place of running: help that was asked for, or what is wrong. */
export interface Usage {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

interface Flags {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}
const manifest = ["manifest-path", "components-path"];
const verbs: Readonly<Record<Verb, Flags & { readonly purpose: string }>> = {
  spec: { required: [], optional: manifest, purpose: "print what can be configured" },
  check: { required: ["config"], optional: manifest, purpose: "try the connection" },
  discover: { required: ["config"], optional: manifest, purpose: "print the catalog of streams" },
  read: { required: ["config", "catalog"], optional: ["state", ...manifest], purpose: "read the catalog's streams" },
};
const names = Object.keys(verbs);

/** Reads the command line of a connector. A flag may be shortened as long as it is clear which one is meant. */
export function parseArguments(argv: readonly string[], program: string): Arguments | Usage {
  const wrong = (problem: string, verb?: Verb): Usage => ({
    text: `${problem}\n\n${usage(program, verb)}`,
    exitCode: 2,
  });
  const verb = argv.find((argument) => !argument.startsWith("-"));
  if (verb === undefined) {
    if (argv.some(isHelp)) return { text: usage(program), exitCode: 0 };
    return wrong(`A command is missing: one of ${names.join(", ")}.`);
  }
  if (!isVerb(verb)) return wrong(`There is no command "${verb}".${meant(verb, names)}`);
  if (argv.some(isHelp)) return { text: usage(program, verb), exitCode: 0 };

  const { required, optional } = verbs[verb];
  const known = [...required, ...optional];
  const values: Record<string, string> = {};
  let debug = false;
  const rest = argv.toSpliced(argv.indexOf(verb), 1);
  for (let index = 0; index < rest.length; index++) {
    const [given, inline] = split(rest[index]!);
    if (!given.startsWith("--")) return wrong(`The argument "${given}" is not understood.`, verb);
    const flag = whole(given.slice(2), [...known, "debug"]);
    if (flag === "debug") {
      debug = true;
      continue;
    }
    if (flag === undefined) return wrong(`${verb} has no flag ${given}.${meant(given.slice(2), known, "--")}`, verb);
    const value = inline ?? rest[++index];
    if (value === undefined || value === "") return wrong(`${given} needs the path of a file.`, verb);
    values[flag] = value;
  }
  const missing = required.filter((flag) => values[flag] === undefined).map((flag) => `--${flag}`);
  if (missing.length > 0) return wrong(`${verb} needs ${missing.join(" and ")}.`, verb);
  return { verb, debug, ...values };
}

export const isUsage = (parsed: Arguments | Usage): parsed is Usage => "exitCode" in parsed;

const isVerb = (name: string): name is Verb => Object.hasOwn(verbs, name);
const isHelp = (argument: string): boolean => argument === "--help" || argument === "-h";

function split(argument: string): [string, string | undefined] {
  const at = argument.indexOf("=");
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

/** The flag of this name, or the only one that begins so. */
function whole(name: string, flags: readonly string[]): string | undefined {
  if (flags.includes(name)) return name;
  const starting = flags.filter((flag) => name !== "" && flag.startsWith(name));
  return starting.length === 1 ? starting[0] : undefined;
}

function meant(name: string, known: readonly string[], prefix = ""): string {
  const like = nearest(name, known);
  return like === undefined ? "" : ` Did you mean ${prefix}${like}?`;
}

function usage(program: string, only?: Verb): string {
  const lines = names.filter(isVerb).filter((verb) => only === undefined || verb === only);
  const shown = lines.map((verb) => {
    const { required, optional, purpose } = verbs[verb];
    const flags = [
      ...required.map((flag) => `--${flag} FILE`),
      ...optional.map((flag) => `[--${flag} FILE]`),
      "[--debug]",
    ];
    return `  ${[program, verb, ...flags].join(" ")}\n      ${purpose}`;
  });
  return `Usage:\n${shown.join("\n")}\n`;
}
