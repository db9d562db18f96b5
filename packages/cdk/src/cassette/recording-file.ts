import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { configError } from "../errors.ts";
import { parseJson } from "../json/parse.ts";
import { prettyJson } from "../json/pretty.ts";
import { isObject, type JsonObject } from "../json/value.ts";
import type { KeptExchange } from "./exchange.ts";
import { readExchange } from "./exchange-file.ts";
import type { Scrubber } from "./scrub.ts";

/**
 * What one run of a verb exchanged.
 * @experimental
 */
export interface Recording {
  readonly name: string;
  readonly folder: string;
  /** Milliseconds since 1970: where the clock stands when it is replayed. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** The config of the run, with placeholders for its secrets. */
  readonly config: JsonObject | undefined;
  readonly exchanges: readonly NamedExchange[];
}

/** @experimental */
export interface NamedExchange extends KeptExchange {
  /** The name of its file, such as `0001-get-v1-customers`. */
  readonly name: string;
}

const FILE = "recording.json";

export async function writeRecording(
  folder: string,
  { startedAt, endedAt, config }: Pick<Recording, "startedAt" | "endedAt" | "config">,
  scrubber: Pick<Scrubber, "text">,
): Promise<void> {
  const told = prettyJson({
    format: 1,
    started_at: new Date(startedAt).toISOString(),
    ended_at: new Date(endedAt).toISOString(),
    ...(config === undefined ? {} : { config }),
  });
  await writeFile(join(folder, FILE), `${scrubber.text(told)}\n`);
}

/**
 * Reads a cassette: a folder of recordings, each a folder of exchanges. Bodies in files of their own are left there.
 * @throws a config error where there is none, or it cannot be read
 * @experimental
 */
export function readCassette(folder: string): Promise<readonly Recording[]> {
  return recordingsIn(folder, async (name) => {
    const head = await readHead(folder, name);
    if (head === undefined) return undefined; // some other folder
    const exchanges: NamedExchange[] = [];
    for (const file of head.files.filter((each) => each.endsWith(".yaml"))) {
      exchanges.push({
        ...(await readExchange(join(folder, name, file))),
        name: file.slice(0, -".yaml".length),
      });
    }
    const { startedAt, endedAt, config } = head;
    return { name, folder: join(folder, name), startedAt, endedAt, config, exchanges };
  });
}

/** The config of a cassette's first recording that keeps one. @throws as {@link readCassette} */
export async function readRecordedConfig(folder: string): Promise<JsonObject | undefined> {
  const heads = await recordingsIn(folder, (name) => readHead(folder, name));
  return heads.find(({ config }) => config !== undefined)?.config;
}

async function recordingsIn<T>(folder: string, read: (name: string) => Promise<T | undefined>): Promise<T[]> {
  let names: string[];
  try {
    names = (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => name);
  } catch (cause) {
    throw configError(`There is no cassette in ${folder}: record one with --record ${folder}.`, {
      code: "no-cassette",
      cause,
    });
  }
  const found = await Promise.all(names.sort().map(read));
  const recordings = found.filter((recording) => recording !== undefined);
  if (recordings.length === 0) {
    throw configError(`There is no recording in ${folder}: record one with --record ${folder}.`, {
      code: "no-cassette",
    });
  }
  return recordings;
}

async function readHead(
  cassette: string,
  name: string,
): Promise<(Pick<Recording, "startedAt" | "endedAt" | "config"> & { readonly files: readonly string[] }) | undefined> {
  const folder = join(cassette, name);
  const files = (await readdir(folder)).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  if (!files.includes(FILE)) return undefined;
  const told = parseJson(await readFile(join(folder, FILE), "utf8"));
  const { started_at: startedAt, ended_at: endedAt, config } = isObject(told) ? told : {};
  const time = Date.parse(typeof startedAt === "string" ? startedAt : "");
  if (Number.isNaN(time))
    throw configError(`${join(folder, FILE)} has no instant as "started_at".`, { code: "invalid-cassette" });
  const end = Date.parse(typeof endedAt === "string" ? endedAt : "");
  return {
    startedAt: time,
    endedAt: Number.isNaN(end) ? time : end,
    config: isObject(config) ? config : undefined,
    files,
  };
}
