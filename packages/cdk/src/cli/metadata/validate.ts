import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { configError, isConnectorError } from "../../errors.ts";
import type { JsonObject } from "../../json/value.ts";
import { resolvedManifest } from "../connector/resolved-manifest.ts";
import { createPositions, printProblems, summarize } from "../manifest/frame.ts";
import { withManifest, type ExitCode } from "../manifest/terminal.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { checkMetadata, type ChangesSince } from "./check-metadata.ts";
import { connectorChanges } from "./connector-changes.ts";
import { presentState, previousState } from "./previous.ts";

/** The metadata that a command line names: the file, or the one in a folder. */
export function metadataPath(target: string): string {
  return existsSync(target) && statSync(target).isDirectory() ? join(target, "metadata.yaml") : target;
}

export const missingMetadata = (path: string): string => `There is no ${path}: \`ferry metadata init\` makes one.`;

export interface ValidateOptions {
  /** What the connector was: a commit, a file or a folder. */
  readonly against: string | undefined;
  readonly format: "text" | "json";
}

/** Prints what is wrong with a `metadata.yaml`, and what is odd. Only errors make the exit code 1. */
export async function validateMetadata(
  target: string,
  { against, format }: ValidateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const file = metadataPath(target);
  if (!existsSync(file)) {
    terminal.complain(`${missingMetadata(file)}\n`);
    return 2;
  }
  return withManifest(file, terminal, async (text) => {
    const folder = dirname(file);
    const changes = against === undefined ? undefined : await changesSince(folder, against);
    const problems = checkMetadata(text, { folder, manifest: await manifestIn(folder), changes });
    const count = (severity: string): number => problems.filter((each) => each.severity === severity).length;
    const [errors, warnings, notes] = [count("error"), count("warning"), count("note")];
    if (format === "json") {
      const position = createPositions(text);
      const told = problems.map(({ offset, ...problem }) => ({ ...problem, ...position(offset) }));
      terminal.print(`${JSON.stringify({ file, errors, warnings, notes, problems: told }, undefined, 2)}\n`);
    } else {
      terminal.print(printProblems(problems, file, text, terminal.style));
      terminal.print(`${summarize(problems, file, terminal.style)}\n`);
    }
    return errors > 0 ? 1 : 0;
  });
}

async function changesSince(folder: string, against: string): Promise<ChangesSince> {
  const [now, before] = await Promise.all([presentState(folder), previousState(folder, against)]);
  if (now === undefined) throw configError(`${folder} has no manifest.yaml to compare.`);
  return { against, version: before.version, changes: connectorChanges(before.facts, now.facts) };
}

/** The resolved manifest of a folder; what is wrong with it, `ferry manifest validate` says. */
export async function manifestIn(folder: string): Promise<JsonObject | undefined> {
  const manifestPath = ["manifest.yaml", "manifest.yml"]
    .map((name) => join(folder, name))
    .find((path) => existsSync(path));
  try {
    return manifestPath === undefined ? undefined : await resolvedManifest({ manifestPath });
  } catch (error) {
    if (isConnectorError(error)) return undefined;
    throw error;
  }
}
