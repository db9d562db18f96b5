import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { configError } from "../../errors.ts";
import { cassetteOf } from "../connector/cassette-of.ts";
import { openConnector, type Connector } from "../connector/open-connector.ts";
import { formatOf } from "../terminal/format.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { listenToKeys } from "./keys.ts";
import { createRoundPrinter, nearPath, type Occasion } from "./print-round.ts";
import { roundEvents } from "./round-events.ts";
import { createRounds, type Round, type Saved } from "./round.ts";
import { shownPath, watchFiles } from "./watch-files.ts";

export interface DevArguments {
  readonly target: string;
  readonly config?: string | undefined;
  readonly replay?: string | undefined;
  readonly live: boolean;
  readonly stream?: readonly string[] | undefined;
  readonly limit: number;
  readonly once: boolean;
  readonly format?: "text" | "jsonl" | undefined;
}

/** What ends `ferry dev`, and what it hears beside the files; the process's own where left out. */
export interface DevSurroundings {
  readonly signal: AbortSignal;
  readonly keys?: NodeJS.ReadStream | undefined;
  /** Called when it waits for the next save. */
  onWaiting?(): void;
}

/**
 * Reads a connector's streams from its cassette, and again whenever a file is saved, and prints how the records, types and
 * requests differ. Gives 0 when it is ended; with `once` 1 where something is wrong.
 */
export async function runDev(args: DevArguments, terminal: Terminal, around: DevSurroundings): Promise<0 | 1> {
  const connector = await openConnector(args.target, { again: true });
  if (!existsSync(resolve(args.target))) throw configError("An image does not change: name a manifest or a folder.");
  const cassette = cassetteOf(connector, args.replay && resolve(args.replay));
  const isText = formatOf(args.format, terminal, "jsonl") === "text";
  const print = isText ? createRoundPrinter(terminal) : undefined;
  const lookAt = createRounds(connector, () => {
    const isCassetteThere = existsSync(cassette);
    return {
      config: args.config,
      cassette,
      isCassetteThere,
      live: args.live,
      streams: args.stream,
      limit: args.limit,
    };
  });
  const { style } = terminal;
  let number = 0;

  async function round(saved: readonly string[], what: Saved, signal: AbortSignal): Promise<Round | undefined> {
    const start = performance.now();
    const looked = await lookAt(what, signal);
    if (signal.aborted) return undefined;
    number++;
    const occasion: Occasion = {
      saved: saved.map((path) => shownPath(path, connector.folder)),
      seconds: (performance.now() - start) / 1000,
      manifestPath: connector.manifestPath,
      cassette: existsSync(cassette) || args.live ? cassette : undefined,
    };
    if (looked.stray !== "") terminal.complain(terminal.remarks.dim(looked.stray.replace(/\n?$/, "\n")));
    if (print === undefined) terminal.print(roundEvents(looked, number, occasion));
    else {
      if (occasion.saved.length > 0) terminal.print(`\n${style.cyan("●")} ${occasion.saved.join(", ")}\n`);
      print(looked, occasion);
    }
    return looked;
  }

  const everything: Saved = { cassette: true, code: true, all: true };
  if (isText) {
    const from = args.live ? `live, recording into ${nearPath(cassette)}` : `from ${nearPath(cassette)}`;
    terminal.print(`${style.bold(connector.name)}  ${style.dim(from)}\n`);
  }
  if (args.once) {
    const looked = await round([], everything, around.signal);
    return looked !== undefined && isFine(looked) ? 0 : 1;
  }
  return watchAndRun(connector, { ...args, cassette }, { round, everything, isText, terminal, around });
}

interface Watching {
  readonly round: (saved: readonly string[], what: Saved, signal: AbortSignal) => Promise<Round | undefined>;
  readonly everything: Saved;
  readonly isText: boolean;
  readonly terminal: Terminal;
  readonly around: DevSurroundings;
}

async function watchAndRun(
  connector: Connector,
  { target, config, cassette }: DevArguments & { readonly cassette: string },
  { round, everything, isText, terminal, around }: Watching,
): Promise<0> {
  const pending = new Set<string>();
  let isAll = true; // the first time
  let isRecorded: (path: string) => boolean = () => false;
  let running: AbortController | undefined;
  let wake: (() => void) | undefined;
  const next = (): void => {
    running?.abort();
    wake?.();
  };
  const end = new Promise<void>((resolve) => {
    if (around.signal.aborted) resolve();
    around.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  const { folder, manifestPath, entryPath } = connector;
  // What an entry imports lies beside it, be it in `dist`.
  const code = entryPath === undefined || dirname(entryPath) === folder ? entryPath : dirname(entryPath);
  const named = [manifestPath, code, cassette];
  const isInline = config?.trimStart().startsWith("{") === true;
  const watch = await watchFiles(
    {
      folder,
      isWhole: resolve(target) === folder || manifestPath === undefined,
      named: [...named, config === undefined || isInline ? undefined : resolve(config)].filter(
        (path) => path !== undefined,
      ),
    },
    (paths) => {
      const others = paths.filter((path) => !isRecorded(path)); // what it wrote itself is no news
      for (const path of others) pending.add(path);
      if (others.length > 0) next();
    },
  );
  const keys = listenToKeys(around.keys, {
    r() {
      isAll = true;
      next();
    },
  });
  let ended = false;
  void Promise.race([end, keys.quit]).then(() => {
    ended = true;
    next();
  });
  try {
    while (!ended) {
      if (pending.size === 0 && !isAll) {
        const isTold = isText && keys.isListening;
        if (isTold) terminal.print(`${terminal.style.dim("  waiting for a save   r: read all again   q: quit")}\n`);
        around.onWaiting?.();
        await new Promise<void>((resolve) => (wake = resolve));
        wake = undefined;
        if (isTold) terminal.print("\x1b[1A\x1b[0J"); // that line is over
        continue;
      }
      const saved = [...pending];
      pending.clear();
      const what = isAll ? everything : classOf(saved, cassette);
      const wasAll: boolean = isAll;
      isAll = false;
      running = new AbortController();
      const looked = await round(saved, what, running.signal);
      running = undefined;
      if (looked === undefined) {
        // Something was saved meanwhile: all of it is looked at together.
        for (const path of saved) pending.add(path);
        isAll ||= wasAll;
      }
      const recording = looked?.recorded?.folder;
      if (recording !== undefined) {
        const before = isRecorded;
        isRecorded = (path) => dirname(path) === recording || before(path);
      }
    }
    return 0;
  } finally {
    keys.close();
    await watch.close();
  }
}

/** What a change of these files may have an effect on, beside what is seen in the manifest and the config. */
const classOf = (paths: readonly string[], cassette: string): Saved => {
  const isOfCassette = (path: string): boolean => path === cassette || path.startsWith(`${cassette}/`);
  return {
    cassette: paths.some(isOfCassette),
    code: paths.some((path) => !isOfCassette(path) && /\.(?:[cm]?[jt]s|json)$/.test(path)),
    all: false,
  };
};

const isFine = ({ problems, errors, streams }: Round): boolean =>
  errors.length === 0 &&
  problems.every(({ severity }) => severity !== "error") &&
  streams.every((stream) => stream.errors.length === 0);
