import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { configError } from "../../errors.ts";
import { loadYaml } from "../../manifest/load.ts";
import { connectorFacts, type ConnectorFacts, type ReadFile } from "./connector-facts.ts";
import { at } from "./members.ts";

/** A state of a connector. */
export interface ConnectorState {
  readonly facts: ConnectorFacts;
  /** Of its `metadata.yaml`; undefined where there is none. */
  readonly version: string | undefined;
}

const MANIFESTS = ["manifest.yaml", "manifest.yml"];

/** What is in a folder; undefined for a connector without a manifest. */
export const presentState = (folder: string): Promise<ConnectorState | undefined> => stateOf(inFolder(folder), folder);

/**
 * What a connector was: in a file or folder, or in a commit of its git repository.
 * @throws a config error where that is neither, or had no manifest
 */
export async function previousState(folder: string, against: string): Promise<ConnectorState> {
  const isFile = existsSync(against) && statSync(against).isFile();
  if (isFile) {
    const read = inFolder(dirname(against));
    return {
      facts: await connectorFacts(await readFile(against, "utf8"), against, read),
      version: await versionOf(read, dirname(against)),
    };
  }
  const read = existsSync(against) ? inFolder(against) : await inCommit(folder, against);
  const state = await stateOf(read, against);
  if (state === undefined) throw configError(`${against} has no manifest.yaml of ${folder} to compare with.`);
  return state;
}

async function stateOf(read: ReadFile, place: string): Promise<ConnectorState | undefined> {
  for (const name of MANIFESTS) {
    const text = await read(name);
    if (text === undefined) continue;
    return { facts: await connectorFacts(text, `${place}:${name}`, read), version: await versionOf(read, place) };
  }
  return undefined;
}

async function versionOf(read: ReadFile, place: string): Promise<string | undefined> {
  const text = await read("metadata.yaml");
  const version =
    text === undefined
      ? undefined
      : at(loadYaml(text, `${place}:metadata.yaml`, "metadata-syntax"), "data", "dockerImageTag");
  return typeof version === "string" ? version : undefined;
}

const inFolder =
  (folder: string): ReadFile =>
  async (path) => {
    const file = join(folder, path);
    return existsSync(file) ? await readFile(file, "utf8") : undefined;
  };

const execute = promisify(execFile);

async function inCommit(folder: string, commit: string): Promise<ReadFile> {
  const git = async (...args: readonly string[]): Promise<string> =>
    (await execute("git", args, { cwd: folder, maxBuffer: 2 ** 28 })).stdout;
  try {
    await git("rev-parse", "--verify", "--quiet", `${commit}^{commit}`);
  } catch (cause) {
    throw configError(
      `${commit} is neither a file nor a commit of the git repository around ${resolve(folder)}: name what to compare with by --against.`,
      { cause, code: "nothing-to-compare" },
    );
  }
  return (path) => git("show", `${commit}:./${join(path)}`).catch(() => undefined); // a file that was not there then
}
