import { createInterface } from "node:readline";
import { configError, isConnectorError } from "../../errors.ts";
import { namesOf } from "./project/names.ts";
import { templateNames, type TemplateName } from "./project/template-project.ts";

/** How questions are put: their text in, the answer out. */
export interface Questions {
  ask(text: string): Promise<string>;
  close(): void;
}

interface Answers {
  readonly name: string | undefined;
  readonly template: TemplateName | undefined;
}

const TEMPLATES: readonly (readonly [TemplateName, string])[] = [
  ["manifest", "a manifest: most REST APIs"],
  ["typescript", "TypeScript: all in code"],
  ["mixed", "a manifest with components in TypeScript"],
];

/** Asks for the name until it is one, and for the template where nothing says what to make. */
export async function ask(given: Answers, isDrafted: boolean, questions: Questions = onProcess()): Promise<Answers> {
  try {
    const name = given.name ?? (await askName(questions));
    const template = given.template ?? (isDrafted ? undefined : await askTemplate(questions));
    return { name, template };
  } finally {
    questions.close();
  }
}

async function askName(questions: Questions): Promise<string> {
  let problem = "";
  for (;;) {
    const text = await questions.ask(`${problem}Name (source-…): `);
    try {
      return namesOf(text.trim()).name;
    } catch (error) {
      if (!isConnectorError(error) || !(error instanceof Error)) throw error;
      problem = `${error.message}\n`;
    }
  }
}

async function askTemplate(questions: Questions): Promise<TemplateName> {
  const there = TEMPLATES.filter(([name]) => templateNames.includes(name));
  const list = there.map(([, told], index) => `  ${index + 1}  ${told}\n`).join("");
  for (;;) {
    const text = (await questions.ask(`Made of\n${list}1 to ${there.length} (1): `)).trim();
    const found = there.find(([name], index) => text === name || text === String(index + 1));
    if (text === "") return "manifest";
    if (found !== undefined) return found[0];
  }
}

function onProcess(): Questions {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answers = lines[Symbol.asyncIterator](); // keeps what is typed ahead
  return {
    async ask(text) {
      lines.setPrompt(text);
      lines.prompt();
      const answer: IteratorResult<string, unknown> = await answers.next();
      if (answer.done === true) throw configError("The questions were not answered, so nothing is made.");
      return answer.value;
    },
    close: () => lines.close(),
  };
}
