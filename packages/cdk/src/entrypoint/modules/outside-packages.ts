import { createRequire, isBuiltin } from "node:module";
import { pathToFileURL } from "node:url";
import type { Plugin } from "esbuild";
import { nearestPackage } from "./nearest-package.ts";

/** The file that an import such as `ferry-cdk/testing` means: of the copy that runs, not of one that lies elsewhere. */
export function runningCopy(name: string): string {
  return createRequire(import.meta.url).resolve(name);
}

/**
 * Leaves packages where they are, and has their place written into what is compiled: it lies elsewhere then. Only what
 * is made for `ferry-cdk` becomes a part of it, so that all meet the same copy.
 */
export const outsidePackages: Plugin = {
  name: "outside-packages",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, resolveDir, kind, pluginData }) => {
      if (kind === "entry-point" || pluginData === HERE) return undefined;
      if (isBuiltin(path)) return { path, external: true };
      if (/^ferry-cdk(?:\/|$)/.test(path)) return { path: pathToFileURL(runningCopy(path)).href, external: true };
      const found = await build.resolve(path, { resolveDir, kind, pluginData: HERE });
      if (found.errors.length > 0) return { errors: found.errors };
      if (found.external || isMadeForFerry(found.path)) return { path: found.path, external: found.external };
      return { path: pathToFileURL(found.path).href, external: true };
    });
  },
};

/** Marks what is asked within the question itself. */
const HERE = Symbol("here");

function isMadeForFerry(file: string): boolean {
  if (/\.m?ts$/.test(file)) return true; // it could not be run as it is
  const { dependencies, peerDependencies } = nearestPackage(file) ?? {};
  return "ferry-cdk" in { ...dependencies, ...peerDependencies };
}
