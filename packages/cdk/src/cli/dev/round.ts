import { readFile } from "node:fs/promises";
import { isConnectorError } from "../../errors.ts";
import type { Problem } from "../../manifest/check/problem.ts";
import { errorMessage } from "../../protocol/error-trace.ts";
import type { Connector } from "../connector/open-connector.ts";
import { problemsIn } from "../manifest/validate.ts";
import { devConfig } from "./dev-config.ts";
import { differencesOf, type Differences } from "./differences.ts";
import { fingerprinter } from "./fingerprints.ts";
import { requestDifferences, type RequestDifferences, type SentRequest } from "./request-differences.ts";
import { runStreams, type StreamRun } from "./stream-run.ts";

/** What one look at a connector came to. */
export interface Round {
  /** What is wrong with the manifest, and its text; where there are errors nothing was read. */
  readonly problems: readonly Problem[];
  readonly manifest: string;
  /** What went wrong with no stream in particular. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly stray: string;
  /** The streams that were read. */
  readonly streams: readonly ReadStream[];
  /** The names of those that were left as they were. */
  readonly unchanged: readonly string[];
  /** Requests for tokens and the like. */
  readonly others: RequestDifferences | undefined;
  /** Where requests that were asked now are recorded, and how many. */
  readonly recorded: { readonly folder: string; readonly count: number } | undefined;
}

export interface ReadStream extends StreamRun {
  /** How it differs from its last run without an error; undefined where there is none, or it has an error now. */
  readonly differences: Differences | undefined;
}

export interface RoundOptions {
  readonly config: string | undefined;
  /** The cassette's folder; undefined where there is none and the API is not asked. */
  readonly cassette: string | undefined;
  readonly isCassetteThere: boolean;
  readonly live: boolean;
  readonly streams: readonly string[] | undefined;
  readonly limit: number;
}

/** What changed since the last look; all of it is read again with `all`. */
export interface Saved {
  readonly cassette: boolean;
  readonly code: boolean;
  readonly all: boolean;
}

/** Looks at a connector. Never throws for what is wrong with it. A round that is aborted counts as not made. */
export type LookAt = (saved: Saved, signal: AbortSignal) => Promise<Round>;

/** Makes what looks at a connector again and again, and remembers what was there. */
export function createRounds(connector: Connector, options: () => RoundOptions): LookAt {
  const known = new Map<string, { readonly fingerprint: string; readonly good: StreamRun | undefined }>();
  const others = new Map<string, readonly SentRequest[]>();
  const versions = { cassette: 0, code: 0 };

  async function read(all: boolean, signal: AbortSignal): Promise<Omit<Round, "problems" | "manifest">> {
    const { config: given, cassette, isCassetteThere, live, streams: wanted, limit } = options();
    const config = await devConfig(given, connector, isCassetteThere ? cassette : undefined);
    const fingerprint = await fingerprinter(connector, { config, ...versions });
    const fingerprints = new Map<string, string>();
    const unchanged: string[] = [];
    const run = await runStreams(connector, {
      config,
      tapes: { replay: cassette, live, name: "read" },
      limit,
      signal,
      choose(streams) {
        for (const stream of streams) fingerprints.set(stream.name, fingerprint(stream));
        const asked = wanted ?? streams.map(({ name }) => name);
        const changed = asked.filter((name) => all || known.get(name)?.fingerprint !== fingerprints.get(name));
        unchanged.push(...asked.filter((name) => !changed.includes(name)));
        return changed;
      },
    });
    const names = run.streams.map(({ stream }) => stream.name).join("\n");
    const before = others.get(names);
    if (signal.aborted) return { ...nothing, unchanged: [] };
    if (run.streams.length > 0) others.set(names, run.others);
    return {
      errors: run.errors,
      warnings: run.warnings,
      stray: run.stray,
      streams: run.streams.map((each) => {
        const { name } = each.stream;
        const good = known.get(name)?.good;
        const hasFailed = each.errors.length + run.errors.length > 0;
        // What failed is tried again whatever is saved.
        known.set(name, { fingerprint: hasFailed ? "" : fingerprints.get(name)!, good: hasFailed ? good : each });
        return {
          ...each,
          differences: hasFailed || good === undefined ? undefined : differencesOf(good, each),
        };
      }),
      unchanged,
      others: before && requestDifferences(before, run.others),
      recorded: run.tape?.folder === undefined ? undefined : { folder: run.tape.folder, count: run.tape.recorded },
    };
  }

  return async ({ cassette, code, all }, signal) => {
    if (cassette) versions.cassette++;
    if (code) versions.code++;
    let problems: readonly Problem[] = [];
    let manifest = "";
    try {
      if (connector.manifestPath !== undefined) {
        manifest = await readFile(connector.manifestPath, "utf8");
        problems = await problemsIn(manifest, connector.folder, { again: true });
        if (problems.some(({ severity }) => severity === "error")) return { ...nothing, problems, manifest };
      }
      return { ...(await read(all, signal)), problems, manifest };
    } catch (error) {
      if (!isConnectorError(error) && !isOfFiles(error)) throw error;
      return { ...nothing, problems, manifest, errors: [errorMessage(error)] };
    }
  };
}

const nothing: Omit<Round, "problems" | "manifest"> = {
  errors: [],
  warnings: [],
  stray: "",
  streams: [],
  unchanged: [],
  others: undefined,
  recorded: undefined,
};

/** A file that is away for the moment will be saved again. */
const isOfFiles = (error: unknown): boolean => error instanceof Error && "syscall" in error;
