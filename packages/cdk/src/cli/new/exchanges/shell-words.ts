import { configError } from "../../../errors.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
};

/**
 * The words of each command in a text, as a POSIX shell (with bash's `$'…'`) splits them; nothing is expanded. Commands end
 * at `;`, `&`, `|` and line breaks. Throws a config error where a quote is not closed.
 */
export function shellCommands(text: string): string[][] {
  const commands: string[][] = [[]];
  let word: string | undefined;
  let at = 0;
  const endWord = (): void => {
    if (word !== undefined) commands.at(-1)!.push(word);
    word = undefined;
  };
  const endCommand = (): void => {
    endWord();
    if (commands.at(-1)!.length > 0) commands.push([]);
  };
  while (at < text.length) {
    const char = text[at]!;
    if (char === "\\") {
      const line = /^\\(?:\r?\n)/.exec(text.slice(at, at + 3))?.[0];
      if (line === undefined) word = (word ?? "") + (text[at + 1] ?? "");
      at += line?.length ?? 2;
    } else if (char === "^" && /^\^\r?\n/.test(text.slice(at, at + 3)))
      at += text[at + 1] === "\r" ? 3 : 2; // of cmd.exe
    else if (char === "'") word = (word ?? "") + single();
    else if (char === '"') word = (word ?? "") + double();
    else if (char === "$" && text[at + 1] === "'") word = (word ?? "") + dollar();
    else if (/\s/.test(char)) {
      endWord();
      if (char === "\n") endCommand();
      at++;
    } else if (char === "#" && word === undefined) {
      while (at < text.length && text[at] !== "\n") at++;
    } else if (/[;|&]/.test(char)) {
      endCommand();
      at++;
    } else {
      word = (word ?? "") + char;
      at++;
    }
  }
  endWord();
  return commands.filter((each) => each.length > 0);

  function single(): string {
    const end = text.indexOf("'", at + 1);
    if (end < 0) throw open("'");
    const content = text.slice(at + 1, end);
    at = end + 1;
    return content;
  }

  function double(): string {
    let content = "";
    for (at++; text[at] !== '"'; at++) {
      if (at >= text.length) throw open('"');
      if (text[at] !== "\\") content += text[at] ?? "";
      else if (text[at + 1] === "\n") at++;
      else if (/["\\$`]/.test(text[at + 1] ?? "")) content += text[++at] ?? "";
      else content += "\\";
    }
    at++;
    return content;
  }

  function dollar(): string {
    let content = "";
    for (at += 2; text[at] !== "'"; at++) {
      if (at >= text.length) throw open("$'");
      if (text[at] !== "\\") {
        content += text[at] ?? "";
        continue;
      }
      const code = /^(?:u([0-9a-fA-F]{1,4})|x([0-9a-fA-F]{1,2}))/.exec(text.slice(at + 1, at + 6));
      if (code === null) content += ESCAPES[text[at + 1] ?? ""] ?? text[at + 1] ?? "";
      else content += String.fromCharCode(parseInt(code[1] ?? code[2]!, 16));
      at += code?.[0].length ?? 1;
    }
    at++;
    return content;
  }
}

const open = (quote: string): Error => configError(`The curl command has a quote ${quote} that is not closed.`);
