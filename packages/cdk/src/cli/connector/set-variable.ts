import { parseEnv } from "node:util";

/** The text of a `.env` with another value of a variable that it has; undefined where it cannot hold that value. */
export function setVariable(text: string, name: string, value: string): string | undefined {
  const assignment = new RegExp(
    `^([ \\t]*(?:export[ \\t]+)?${name.replaceAll(/[^\w]/g, "\\$&")}[ \\t]*=[ \\t]*)("[^"]*"|'[^']*'|\`[^\`]*\`|[^\\n]*)`,
    "gm",
  );
  for (const quote of QUOTES) {
    const changed = text.replace(assignment, (_, start: string) => `${start}${quote}${value}${quote}`);
    if (parseEnv(changed)[name] === value) return changed;
  }
  return undefined;
}

/** Plain where that reads back as the same; each of the others keeps what the one before does not. */
const QUOTES = ["", "'", '"', "`"];
