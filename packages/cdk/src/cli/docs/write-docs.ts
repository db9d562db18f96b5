import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { configError } from "../../errors.ts";
import { prettyJson } from "../../json/pretty.ts";
import type { Json } from "../../json/value.ts";
import { openConnector } from "../connector/open-connector.ts";
import { replaceFile } from "../connector/save-config.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { hasBlocks, updateBlocks } from "./blocks.ts";
import { describeConnector } from "./describe-connector.ts";
import type { ConnectorModel } from "./model.ts";
import { connectorPage, pageName, readmePage } from "./pages.ts";
import { sections, type SectionName } from "./sections.ts";

export interface DocsOptions {
  readonly target: string;
  readonly config?: string | undefined;
  readonly out?: string | undefined;
  readonly check: boolean;
  readonly format?: "text" | "json" | undefined;
}

/** Prints a connector's page, or writes it and a README. Gives the exit code: 1 where `--check` finds them out of date. */
export async function writeDocs(options: DocsOptions, terminal: Terminal): Promise<0 | 1> {
  const { target, config, check, format } = options;
  if (options.out !== undefined && statSync(options.out, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw configError(`--out is ${options.out}, a file: name a folder, in which the page and the README are written.`);
  }
  const connector = await openConnector(target);
  const model = await describeConnector(connector, config, terminal.complain);
  const out = options.out ?? (check ? connector.folder : undefined);
  if (format === "json" && out === undefined) {
    terminal.print(`${prettyJson(JSON.parse(JSON.stringify(model)) as Json)}\n`);
    return 0;
  }
  if (out === undefined) {
    terminal.print(connectorPage(model));
    return 0;
  }
  const files = [
    ["README.md", readmePage],
    [pageName(model), connectorPage],
  ] as const;
  const outcomes = files.map(([name, make]) => [name, contentOf(join(out, name), model, make)] as const);
  const written = outcomes.filter(([, { state }]) => state === "new" || state === "changed");
  if (!check) {
    mkdirSync(out, { recursive: true });
    for (const [name, { content }] of written) replaceFile(join(out, name), content);
  }
  if (format === "json") {
    terminal.print(
      `${JSON.stringify({ files: outcomes.map(([name, { state }]) => ({ name: join(out, name), state })) })}\n`,
    );
  } else {
    for (const [name, { state }] of outcomes) terminal.print(`${join(out, name)}: ${told(state, check)}\n`);
  }
  return check && written.length > 0 ? 1 : 0;
}

type State = "new" | "changed" | "same" | "foreign";

/** What a file is to be. A file of people's own, without marks, stays as it is. */
function contentOf(
  path: string,
  model: ConnectorModel,
  make: (model: ConnectorModel) => string,
): { readonly state: State; readonly content: string } {
  if (!existsSync(path)) return { state: "new", content: make(model) };
  const before = readFileSync(path, "utf8");
  if (!hasBlocks(before)) return { state: "foreign", content: before };
  const isSection = (name: string): name is SectionName => Object.hasOwn(sections, name);
  const content = updateBlocks(before, (name) => (isSection(name) ? sections[name](model) : undefined), path);
  return { state: content === before ? "same" : "changed", content };
}

function told(state: State, isChecked: boolean): string {
  if (state === "same") return "up to date";
  if (state === "foreign") return "left as it is, for it has no <!-- ferry:begin NAME --> marks";
  if (isChecked) return state === "new" ? "missing" : "out of date: ferry docs --out writes it anew";
  return state === "new" ? "written" : "brought up to date";
}
