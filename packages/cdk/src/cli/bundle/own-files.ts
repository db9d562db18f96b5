import { existsSync, realpathSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, relative, resolve } from "node:path";
import type { Loader, Plugin } from "esbuild";
import type { BundleFile } from "./bundle.ts";

/** What `new URL("../manifest.yaml", import.meta.url)` looks like: a file that a module reads from beside it. */
const BESIDE = /\bnew URL\(\s*(["'`])(\.{1,2}\/[^"'`$\\]+)\1\s*,\s*import\.meta\.url\s*\)/g;

/**
 * Takes files along that the connector's own modules read from beside them, and has them looked for where they are then.
 * @param place where a file of the connector comes to lie in the bundle; both paths are relative
 * @param found is told of each file, once or more
 */
export function ownFiles(folder: string, place: (path: string) => string, found: (file: BundleFile) => void): Plugin {
  return {
    name: "own-files",
    setup(build) {
      const real = realpathSync(folder); // as esbuild names files
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path }) => {
        if (!path.startsWith(`${real}/`) || path.includes("/node_modules/")) return undefined;
        const text = await readFile(path, "utf8");
        const files = new Map<string, string>();
        const contents = text.replace(BESIDE, (whole, _, target: string) => {
          const file = resolve(dirname(path), target);
          const own = relative(real, file);
          if (own.startsWith("..") || !existsSync(file) || !statSync(file).isFile()) return whole;
          files.set(own, place(own));
          return `new URL(${JSON.stringify(`./${place(own)}`)}, import.meta.url)`;
        });
        if (files.size === 0) return undefined;
        for (const [own, placed] of files) found({ path: placed, content: await readFile(join(folder, own)) });
        return { contents, loader: loaderOf(path) };
      });
    },
  };
}

const loaderOf = (path: string): Loader => extname(path).replace(/^\.[cm]?/, "") as Loader; // js, jsx, ts or tsx
