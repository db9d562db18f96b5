import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { configError } from "../../errors.ts";
import type { Json } from "../../json/value.ts";
import { loadYaml } from "../../manifest/load.ts";
import { formatOf } from "../terminal/format.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { addToChangelog } from "./changelog.ts";
import { connectorChanges, missingStep, type Change } from "./connector-changes.ts";
import { addMember, replaceText } from "./edit-metadata.ts";
import { at } from "./members.ts";
import { presentState, previousState, type ConnectorState } from "./previous.ts";
import { metadataPath, missingMetadata } from "./validate.ts";
import { bumped, parseVersion, type Step } from "./version.ts";

export interface BumpOptions {
  readonly target: string;
  readonly step: Step | "auto";
  /** A file, a folder, or a commit. */
  readonly against: string | undefined;
  readonly message: string | undefined;
  /** Until when users have to upgrade, as a date. */
  readonly deadline: string | undefined;
  readonly guide: string | undefined;
  /** Only says what would be written. */
  readonly isDry: boolean;
  readonly format: "text" | "json" | undefined;
  readonly now: Date;
}

const DAY = 86_400_000; // milliseconds
/** A registry wants a deadline of a week or more; users want more than that. */
const [LEAST_DAYS, USUAL_DAYS] = [7, 30];

/** Sets the next version of a connector in `metadata.yaml` (and `package.json`), with what a major one needs, and its changelog. */
export async function bumpMetadata(options: BumpOptions, terminal: Terminal): Promise<0 | 1> {
  const path = metadataPath(options.target);
  if (!existsSync(path)) throw configError(missingMetadata(path));
  const folder = dirname(path);
  const text = await readFile(path, "utf8");
  const metadata = loadYaml(text, path, "metadata-syntax");
  const before = String(at(metadata, "data", "dockerImageTag") ?? "");
  const version = parseVersion(before);
  if (version === undefined)
    throw configError(`data.dockerImageTag of ${path} is "${before}", no semantic version such as 0.1.0.`);
  const compared = await comparison(folder, options);
  const changes = compared === undefined ? [] : connectorChanges(compared.before.facts, compared.now.facts);
  const wanted = options.step === "auto" ? missingStep(version, compared?.before.version, changes) : options.step;
  const after = wanted === undefined ? before : bumped(version, wanted);
  const files =
    wanted === undefined
      ? new Map<string, string>()
      : await changedFiles({ path, folder, text, metadata, before, after, wanted, changes }, options);
  if (!options.isDry) for (const [file, content] of files) await writeFile(file, content);

  if (formatOf(options.format, terminal, "json") === "json") {
    terminal.print(`${JSON.stringify({ before, after, step: wanted, changes, files: [...files.keys()] })}\n`);
    return 0;
  }
  const { style } = terminal;
  for (const { step, what } of changes) {
    const paint = step === "major" ? style.red : step === "minor" ? style.green : style.dim;
    terminal.print(`${paint(step.padEnd(5))}  ${what}.\n`);
  }
  if (wanted === undefined)
    terminal.print(
      `${before} stays: ${changes.length === 0 ? "nothing changed" : "it is new enough for what changed"}.\n`,
    );
  else terminal.print(`${before} → ${style.bold(after)} (${wanted})${options.isDry ? ", not written" : ""}\n`);
  for (const file of files.keys()) terminal.print(`  ${style.green("→")} ${file}\n`);
  return 0;
}

/** By `auto` the manifest is compared with the last commit, where nothing else is said. */
async function comparison(
  folder: string,
  { step, against }: BumpOptions,
): Promise<{ before: ConnectorState; now: ConnectorState } | undefined> {
  if (step !== "auto" && against === undefined) return undefined;
  const now = await presentState(folder);
  if (now === undefined) {
    throw configError(`${folder} has no manifest to compare: say which step it is, major, minor or patch.`, {
      code: "nothing-to-compare",
    });
  }
  return { now, before: await previousState(folder, against ?? "HEAD") };
}

interface Bump {
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly metadata: Json;
  readonly before: string;
  readonly after: string;
  readonly wanted: Step;
  readonly changes: readonly Change[];
}

async function changedFiles(bump: Bump, options: BumpOptions): Promise<Map<string, string>> {
  const { path, folder, text, metadata, before, after, wanted, changes } = bump;
  const raised = replaceText(text, ["data", "dockerImageTag"], after);
  const isKnown = at(metadata, "data", "releases", "breakingChanges", after) !== undefined;
  const files = new Map([
    [
      path,
      wanted === "major" && !isKnown
        ? addMember(raised, ["data", "releases", "breakingChanges", after], entry(bump, options))
        : raised,
    ],
  ]);

  const described = join(folder, "package.json");
  const json = existsSync(described) ? await readFile(described, "utf8") : "";
  const same = `"version": ${JSON.stringify(before)}`;
  if (json.includes(same)) files.set(described, json.replace(same, `"version": ${JSON.stringify(after)}`));

  const changelog = join(folder, "CHANGELOG.md");
  const known = existsSync(changelog) ? await readFile(changelog, "utf8") : undefined;
  const told = changes.length > 0 ? changes.map(({ what }) => `${what}.`) : [options.message ?? `A ${wanted} release.`];
  files.set(changelog, addToChangelog(known, after, dayOf(options.now), told));
  return files;
}

/** The entry of a breaking change: what users have to know, and until when. */
function entry({ changes }: Bump, { message, deadline, guide, now }: BumpOptions): string[] {
  const breaking = changes.filter(({ step }) => step === "major");
  const told = message ?? breaking.map(({ what }) => `${what}.`).join(" ");
  if (told === "") {
    throw configError(
      "What breaks? A major version tells its users: --message, or --against what it is compared with.",
    );
  }
  const streams = [...new Set(breaking.flatMap(({ stream }) => stream ?? []))];
  const isScoped = breaking.length > 0 && breaking.every(({ stream }) => stream !== undefined);
  return [
    `message: ${JSON.stringify(told)}`,
    `upgradeDeadline: "${deadlineOf(deadline, now)}"`,
    ...(guide === undefined ? [] : [`migrationDocumentationUrl: ${JSON.stringify(guide)}`]),
    ...(isScoped
      ? [
          "scopedImpact:",
          "  - scopeType: stream",
          `    impactedScopes: [${streams.map((name) => JSON.stringify(name)).join(", ")}]`,
        ]
      : []),
  ];
}

function deadlineOf(given: string | undefined, now: Date): string {
  if (given === undefined) return dayOf(new Date(now.getTime() + USUAL_DAYS * DAY));
  const time = /^\d{4}-\d{2}-\d{2}$/.test(given) ? Date.parse(given) : NaN;
  if (Number.isNaN(time))
    throw configError(
      `--deadline is "${given}", no date such as ${dayOf(new Date(now.getTime() + USUAL_DAYS * DAY))}.`,
    );
  if (time < now.getTime() + LEAST_DAYS * DAY)
    throw configError(
      `--deadline is ${given}: users need a week or more, so ${dayOf(new Date(now.getTime() + (LEAST_DAYS + 1) * DAY))} or later.`,
    );
  return given;
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
