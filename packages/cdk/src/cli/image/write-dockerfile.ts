import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { configError } from "../../errors.ts";
import { ferryFolder } from "../bundle/built-package.ts";
import { identityOf } from "../bundle/identity.ts";
import type { Connector } from "../connector/open-connector.ts";
import { readDescribed } from "../connector/read-metadata.ts";
import { formatOf } from "../terminal/format.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { dockerfileOf, dockerignore, MADE, ownPackage, type Install } from "./dockerfile.ts";

export interface WriteOptions {
  readonly base: string | undefined;
  /** Whether it is only said if the file is what would be written. */
  readonly check: boolean;
  /** Whether a Dockerfile that somebody wrote is replaced. */
  readonly force: boolean;
  readonly format: "text" | "json" | undefined;
}

/** Writes the Dockerfile of a connector. Gives the exit code: 1 where `check` finds another one, or none. */
export async function writeDockerfile(connector: Connector, options: WriteOptions, terminal: Terminal): Promise<0 | 1> {
  const { folder } = connector;
  const { root, install } = await contextOf(folder);
  const place = relative(root, folder) || ".";
  const text = dockerfileOf({ ...(await identityOf(connector)), place, install, base: options.base });
  const path = join(folder, "Dockerfile");
  const found = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const isOurs = found === undefined || found.startsWith(MADE);
  if (!isOurs && !options.check && !options.force) {
    throw configError(`${path} was not made by ferry image dockerfile: --force replaces it.`, { code: "not-ours" });
  }
  const written: string[] = [];
  async function put(file: string, content: string): Promise<void> {
    await writeFile(file, content);
    written.push(relative(process.cwd(), file));
  }
  const isCurrent = found === text;
  if (!options.check) {
    if (!isCurrent) await put(path, text);
    const ignore = join(root, ".dockerignore");
    if (!existsSync(ignore)) await put(ignore, dockerignore);
  }
  if (formatOf(options.format, terminal, "json") === "json")
    terminal.print(`${JSON.stringify({ isCurrent, written })}\n`);
  else terminal.print(toldOf(relative(process.cwd(), path), isCurrent, written));
  return options.check && !isCurrent ? 1 : 0;
}

function toldOf(path: string, isCurrent: boolean, written: readonly string[]): string {
  if (written.length > 0) return written.map((one) => `Wrote ${one}\n`).join("");
  return isCurrent
    ? `${path} is as it should be.\n`
    : `${path} is not what ferry image dockerfile makes of name, version and place today.\n`;
}

/** The folder that an engine is given, and what makes `ferry` ready in it: the connector's own, or the workspace's that it is in. */
async function contextOf(folder: string): Promise<{ readonly root: string; readonly install: Install }> {
  const own = await packageAt(folder);
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    const { workspaces } = await packageAt(above);
    if (workspaces !== undefined) return { root: above, install: { commands: ["npm ci"], ferry: "npx ferry" } };
  }
  if ("ferry-cdk" in { ...(own["dependencies"] as object), ...(own["devDependencies"] as object) }) {
    return { root: folder, install: ownPackage };
  }
  const { version } = await packageAt(ferryFolder());
  return { root: folder, install: { commands: [], ferry: `npx --yes --package ferry-cdk@${String(version)} ferry` } };
}

const packageAt = (folder: string): ReturnType<typeof readDescribed> =>
  readDescribed(join(folder, "package.json"), JSON.parse);
