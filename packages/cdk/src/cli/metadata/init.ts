import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { configError } from "../../errors.ts";
import { get, set, type JsonObject } from "../../json/value.ts";
import { loadYaml } from "../../manifest/load.ts";
import { openConnector } from "../connector/open-connector.ts";
import { readDescribed, textOf } from "../connector/read-metadata.ts";
import { iconOf } from "../new/project/icon.ts";
import { metadataOf } from "../new/project/metadata.ts";
import { namesOf } from "../new/project/names.ts";
import { writeYaml } from "../new/write-yaml.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { manifestHosts } from "./manifest-hosts.ts";
import { at, mappingOf } from "./members.ts";
import { manifestIn } from "./validate.ts";

export interface InitOptions {
  readonly target: string;
  readonly name: string | undefined;
  readonly image: string | undefined;
  readonly license: string | undefined;
  readonly documentation: string | undefined;
  readonly isForced: boolean;
}

/** Writes a `metadata.yaml`, and an icon, for a connector that has none. One that is written anew keeps its id. */
export async function initMetadata(options: InitOptions, terminal: Terminal): Promise<void> {
  const { folder, name: called } = await openConnector(options.target);
  const path = join(folder, "metadata.yaml");
  const isThere = existsSync(path);
  if (isThere && !options.isForced)
    throw configError(`${path} is there already; --force writes it anew, with the same definitionId.`);
  const described = await readDescribed(join(folder, "package.json"), JSON.parse);
  const names = namesOf(options.name ?? textOf(described["name"]) ?? called);
  const known = isThere
    ? at(loadYaml(await readFile(path, "utf8"), path, "metadata-syntax"), "data", "definitionId")
    : undefined;
  const manifest = await manifestIn(folder);
  const { hosts } = manifest === undefined ? { hosts: [] } : manifestHosts(manifest);
  const host = hosts.find((each) => !each.includes("$"));
  const documentation = options.documentation ?? (host === undefined ? "https://example.com" : `https://${host}`);
  const metadata = metadataOf(
    { ...names, definitionId: typeof known === "string" ? known : names.definitionId },
    manifest === undefined ? "typescript" : "manifest-only",
    hosts,
    documentation,
  );
  const data = mappingOf(get(metadata, "data"));
  for (const [member, value] of [
    ["dockerRepository", options.image],
    ["dockerImageTag", textOf(described["version"])],
    ["license", options.license ?? textOf(described["license"])],
  ] as const) {
    if (value !== undefined) set(data, member, value);
  }
  if (manifest === undefined) withoutHosts(data);
  await writeFile(path, writeYaml(metadata));
  terminal.print(`${path}\n`);
  const icon = join(folder, "icon.svg");
  if (existsSync(icon)) return;
  await writeFile(icon, iconOf(names));
  terminal.print(`${icon}\n`);
}

/** Whom code speaks to is not known; no hosts at all would let it speak to none. */
function withoutHosts(data: JsonObject): void {
  delete data["allowedHosts"];
}
