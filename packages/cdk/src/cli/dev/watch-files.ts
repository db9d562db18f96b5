import { existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { watch } from "chokidar";

/** What to watch. */
export interface Watched {
  /** The connector's folder. */
  readonly folder: string;
  /** Whether all of the folder is the connector's; else the manifest lies somewhere among other things. */
  readonly isWhole: boolean;
  /** Whole paths of files and folders that count wherever they are: the manifest, the entry, the config, the cassette. */
  readonly named: readonly string[];
}

export interface FileWatch {
  close(): Promise<void>;
}

/** Editors write in several steps; what comes within so many milliseconds is one save. */
const PAUSE = 40;

/** Tells which files were saved, made or removed, once each save is over. Resolves when it watches. */
export async function watchFiles(
  { folder, isWhole, named }: Watched,
  onSave: (paths: readonly string[]) => void,
): Promise<FileWatch> {
  const saved = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  // A file that is put in place of another is seen in its folder.
  const outside = named.map((path) => dirname(path)).filter((path) => !`${path}/`.startsWith(`${folder}/`));
  const watcher = watch([folder, ...new Set(outside)].filter(existsSync), {
    ignoreInitial: true,
    ignored: (path, stats) => !counts(path, stats?.isFile() ?? isFile(path)),
  });

  function counts(path: string, file: boolean): boolean {
    const near = named.some((each) => path === each || path.startsWith(`${each}/`) || each.startsWith(`${path}/`));
    if (near) return !file || !isScratch(path);
    if (path === folder) return true;
    const within = relative(folder, path);
    const parts = within.split(/[/\\]/);
    if (within.startsWith("..") || parts.slice(0, file ? -1 : undefined).some(isForeign)) return false;
    if (!isWhole && !isBeside(parts)) return false;
    return !file || (!isScratch(path) && (KINDS.includes(extname(path)) || basename(path) === ".env"));
  }

  watcher.on("all", (event, path) => {
    if (event === "addDir" || event === "unlinkDir") return;
    saved.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const paths = [...saved];
      saved.clear();
      onSave(paths);
    }, PAUSE);
  });
  await new Promise<void>((resolve, reject) => watcher.once("ready", resolve).once("error", reject));
  return {
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

const KINDS = [".yaml", ".yml", ".json", ".ts", ".mts", ".js", ".mjs", ".cjs"];

/** Folders that no source lies in. */
const isForeign = (name: string): boolean => name.startsWith(".") || name === "node_modules" || name === "dist";

/** What editors write beside a file, and think better of. */
const isScratch = (path: string): boolean => /(?:^\.(?!env$)|^#|~$|^\d+$|\.sw[a-z]$|\.tmp$)/.test(basename(path));

/** Where a manifest's own files lie that is one of many things in its folder. */
const isBeside = ([first = "", ...rest]: readonly string[]): boolean =>
  rest.length > 0 || extname(first) === ""
    ? ["schemas", "cassette", "src"].includes(first)
    : /^(?:components\.[cm]?[jt]s|config\.json|\.env)$/.test(first);

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** A path as people know it: within the connector's folder, else with the folder that it is in. */
export const shownPath = (path: string, folder: string): string => {
  const within = relative(folder, path);
  return within.startsWith("..") ? join(basename(dirname(path)), basename(path)) : within;
};
