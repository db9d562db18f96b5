import { existsSync, readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { configError } from "../../errors.ts";
import { nearest } from "../../protocol/nearest.ts";
import { formatOf } from "../terminal/format.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { ask, type Questions } from "./ask.ts";
import type { ApiDraft } from "./draft.ts";
import { generatedFiles } from "./project/generated-files.ts";
import { acceptanceConfig } from "./project/acceptance-config.ts";
import { namesOf } from "./project/names.ts";
import { templateProject, type TemplateName } from "./project/template-project.ts";
import { recordAnswers } from "./record-answers.ts";
import { printDraft, reportOf } from "./report.ts";

/** A command line of `ferry new`, as yargs gives it. */
export interface NewOptions {
  readonly [option: string]: unknown;
}

interface Wanted {
  readonly name: string;
  readonly template: TemplateName;
}

/** Makes a connector, and says what was made and what to do next. Gives the exit code. */
export async function newConnector(options: NewOptions, terminal: Terminal, questions?: Questions): Promise<0 | 2> {
  const draftedFrom = sourceOf(options);
  const wanted = await complete(options, draftedFrom !== undefined, terminal, questions);
  if (wanted === undefined) {
    terminal.complain("The connector's name is missing: ferry new source-NAME.\n");
    return 2;
  }
  const names = namesOf(wanted.name);
  const folder = resolve(textOf(options["dir"]) ?? names.name);
  const isForced = options["force"] === true;
  assertFree(folder, isForced);
  const draft = draftedFrom === undefined ? undefined : chosen(await draftedFrom.draft(), options["streams"]);
  const files =
    draft === undefined ? templateProject(wanted.template, names) : generatedFiles(draft, names, draftedFrom!.told);
  const overwritten = await write(folder, files);
  const recorded = draft === undefined ? undefined : await recordAnswers(folder, draft);
  if (recorded !== undefined && recorded.empty.length > 0) {
    await writeFile(join(folder, "acceptance-test-config.yml"), acceptanceConfig(names, recorded.empty));
  }
  const near = relative(process.cwd(), folder) || ".";
  const place = near.startsWith("..") ? folder : near;
  const next = [...(place === "." ? [] : [`cd ${place}`]), "npm install", "npm test"];
  if (formatOf(options["format"] as "text" | "json" | undefined, terminal, "text") === "json") {
    const report = {
      name: names.name,
      folder,
      files: [...files.keys()].sort(),
      overwritten,
      recorded: recorded?.count,
      next,
    };
    terminal.print(`${JSON.stringify({ ...report, ...(draft === undefined ? {} : reportOf(draft)) }, undefined, 2)}\n`);
    return 0;
  }
  for (const file of overwritten) terminal.complain(`Overwritten: ${join(place, file)}\n`);
  if (draft !== undefined) terminal.print(printDraft(draft, terminal));
  terminal.print(
    `Made ${names.name} in ${place}: ${files.size} files.\n\nNext:\n${next.map((each) => `  ${each}\n`).join("")}`,
  );
  return 0;
}

interface DraftSource {
  /** Such as `shop.yaml`. */
  readonly told: string;
  draft(): Promise<ApiDraft>;
}

function sourceOf(options: NewOptions): DraftSource | undefined {
  const [openapi, har, url] = [options["from-openapi"], options["from-har"], options["url"]].map(textOf);
  const curl = options["from-curl"];
  if (openapi !== undefined) {
    return {
      told: baseName(openapi),
      draft: async () => (await import("./openapi/draft-api.ts")).draftFromOpenApi(openapi, url),
    };
  }
  if (har !== undefined) {
    return {
      told: baseName(har),
      async draft() {
        const { exchangesOfHar } = await import("./exchanges/har.ts");
        const { draftFromExchanges } = await import("./exchanges/draft-exchanges.ts");
        return draftFromExchanges(await exchangesOfHar(har), har, url);
      },
    };
  }
  if (!Array.isArray(curl)) return undefined;
  return {
    told: "a curl command",
    async draft() {
      const { requestsOfCurl } = await import("./exchanges/curl.ts");
      const { draftFromExchanges } = await import("./exchanges/draft-exchanges.ts");
      const requests = (curl as readonly string[]).flatMap(requestsOfCurl);
      const { probe } = await import("./exchanges/probe.ts");
      const exchanges =
        options["probe"] === true
          ? await Promise.all(requests.map(probe))
          : requests.map((request) => ({ request, answer: undefined }));
      return draftFromExchanges(exchanges, "the curl command", url);
    },
  };
}

const baseName = (path: string): string => path.split(/[/\\]/).at(-1)!;

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** What is missing is asked for where there is somebody to ask. */
async function complete(
  { name, template }: NewOptions,
  isDrafted: boolean,
  terminal: Terminal,
  questions: Questions | undefined,
): Promise<Wanted | undefined> {
  const given = { name: textOf(name), template: textOf(template) as TemplateName | undefined };
  const isAsked = terminal.isTTY && given.name === undefined;
  const answers = isAsked ? await ask(given, isDrafted, questions) : given;
  return answers.name === undefined ? undefined : { name: answers.name, template: answers.template ?? "manifest" };
}

/** @throws a config error where the folder holds something */
function assertFree(folder: string, isForced: boolean): void {
  if (isForced || !existsSync(folder)) return;
  const held = readdirSync(folder).filter((name) => name !== ".git");
  if (held.length === 0) return;
  const some = held.slice(0, 5).join(", ");
  throw configError(
    `${folder} is not empty: it holds ${some}${held.length > 5 ? ` and ${held.length - 5} more` : ""}. Name another folder by --dir, or write over it by --force.`,
    { code: "not-empty" },
  );
}

function chosen(draft: ApiDraft, wanted: unknown): ApiDraft {
  if (!Array.isArray(wanted)) return draft;
  const names = draft.streams.map(({ name }) => name);
  const keep = new Set<string>();
  const add = (name: string): void => {
    const stream = draft.streams.find((each) => each.name === name);
    if (stream === undefined) {
      const near = nearest(name, names);
      throw configError(
        `There is no stream ${JSON.stringify(name)}${near === undefined ? `: there are ${names.join(", ")}.` : `. Did you mean ${near}?`}`,
      );
    }
    if (keep.has(name)) return;
    keep.add(name);
    for (const each of stream.partitions) if (each.type === "parent") add(each.stream);
  };
  for (const name of wanted as readonly string[]) add(name.trim());
  const streams = draft.streams.filter(({ name }) => keep.has(name));
  const fields = draft.fields.filter(({ name }) => isUsed(name, { ...draft, streams }));
  return { ...draft, streams, fields };
}

/** Whether a config field is looked at by what is left. */
function isUsed(field: string, { streams, urlBase, authenticator, headers }: ApiDraft): boolean {
  if (field === "start_date") return streams.some(({ cursor }) => cursor !== undefined);
  const seen = JSON.stringify([
    urlBase,
    authenticator,
    headers,
    streams.map(({ path, query, body }) => [path, query, body]),
  ]);
  return seen.includes(`config['${field}']`);
}

/** Gives those that were there before. */
async function write(folder: string, files: ReadonlyMap<string, string>): Promise<string[]> {
  const overwritten: string[] = [];
  for (const [path, content] of files) {
    const file = join(folder, path);
    if (existsSync(file)) overwritten.push(path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return overwritten;
}
