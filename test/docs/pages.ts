import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** A fenced block of a page, and what the page says of it. */
export interface Block {
  readonly line: number;
  readonly language: string;
  /** What stands behind the language: `no-run`, or nothing. */
  readonly mark: string;
  /** The HTML comment right before the fence. */
  readonly comment: string | undefined;
  readonly text: string;
}

/** Where a page's shell blocks run: an empty folder, a copy of the page's own, or one that looks like the repository's root. */
export type Place = "empty" | "own" | "root";

/** All pages that people read, by their paths in the repository. */
export function pagesOf(folder: string = root): readonly string[] {
  const readmes = ["packages", "templates"].flatMap((parent) =>
    readdirSync(join(folder, parent)).map((name) => `${parent}/${name}/README.md`),
  );
  const docs = readdirSync(join(folder, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);
  return ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", ...docs.sort(), ...readmes].filter((page) =>
    existsSync(join(folder, page)),
  );
}

export const readPage = (page: string): string => readFileSync(join(root, page), "utf8");

/** `<!-- shell: an empty folder -->` on a page says where its blocks run; a template's README is about its own folder. */
export function placeOf(page: string, text: string): Place {
  if (page.startsWith("templates/")) return "own";
  return text.includes("<!-- shell: an empty folder -->") ? "empty" : "root";
}

export function blocksOf(text: string): readonly Block[] {
  const lines = text.split("\n");
  const blocks: Block[] = [];
  let open: { fence: string; line: number; language: string; mark: string } | undefined;
  lines.forEach((line, index) => {
    const fence = /^ {0,3}(`{3,})\s*(\S*)\s*(.*)$/.exec(line);
    if (open === undefined && fence !== null) {
      open = { fence: fence[1]!, line: index + 1, language: fence[2]!, mark: fence[3]!.trim() };
    } else if (open !== undefined && line.trim() === open.fence) {
      const { line: start, language, mark } = open;
      blocks.push({
        line: start,
        language,
        mark,
        comment: /^<!--\s*(.*?)\s*-->$/.exec(above(lines, start - 2))?.[1],
        text: lines.slice(start, index).join("\n"),
      });
      open = undefined;
    }
  });
  return blocks;
}

/** The nearest line above that is not empty. */
function above(lines: readonly string[], from: number): string {
  let index = from;
  while (index > 0 && lines[index]!.trim() === "") index--;
  return lines[index]?.trim() ?? "";
}
