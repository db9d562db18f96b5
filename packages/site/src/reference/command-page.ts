import type { SourcePage } from "../source-pages.ts";

/** Runs a command line of `ferry`. */
export type Main = (argv: readonly string[]) => Promise<number>;

/** A command as its own help describes it. */
interface Command {
  readonly name: string;
  readonly help: string;
}

/** The reference of `ferry`: what `--help` says of each command, and of those within it. */
export async function commandPage(main: Main): Promise<SourcePage> {
  const commands: Command[] = [];
  for (const name of commandsOf("ferry", await helpOf(main, [])).toSorted()) {
    const help = await helpOf(main, [name]);
    commands.push({ name, help });
    for (const inner of commandsOf(`ferry ${name}`, help)) {
      commands.push({ name: `${name} ${inner}`, help: await helpOf(main, [name, inner]) });
    }
  }
  return { address: "commands", file: undefined, markdown: text(commands) };
}

/** yargs prints help by `console.log`. */
async function helpOf(main: Main, command: readonly string[]): Promise<string> {
  const log = console.log;
  let help = "";
  console.log = (line: string) => (help += `${line}\n`);
  try {
    await main([...command, "--help"]);
  } finally {
    console.log = log;
  }
  return help;
}

/** The commands that a help lists: `  ferry state show <file>  What it does.` */
function commandsOf(called: string, help: string): readonly string[] {
  const lines = help.matchAll(new RegExp(`^ +${called} ([a-z][a-z-]*)\\b`, "gm"));
  return [...new Set([...lines].map(([, name]) => name!))];
}

function text(commands: readonly Command[]): string {
  const entries = commands.map(({ name, help }) => {
    const level = name.includes(" ") ? "###" : "##";
    return `${level} ferry ${name}\n\n\`\`\`text\n${help.trim()}\n\`\`\`\n`;
  });
  return `# Commands

What \`ferry --help\` says of each command. Exit codes: 0 all is well, 1 the command failed or found problems, 2 the command line is not
understood.

${entries.join("\n")}`;
}
