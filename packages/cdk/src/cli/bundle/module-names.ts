import { relative, resolve } from "node:path";
import { nearestPackage } from "../../entrypoint/modules/nearest-package.ts";

/**
 * Names the modules of a bundle by package and path within it, as `yaml/dist/index.js`. esbuild names those that it wraps by
 * where they lie as seen from the connector: the same connector would give other bytes in another folder.
 * @param paths as esbuild's metafile has them, relative to `folder`
 */
export function nameModules(code: Uint8Array, paths: readonly string[], folder: string): Uint8Array {
  const names = new Map(paths.map((path) => [path, nameOf(resolve(folder, path), path)]));
  const text = Buffer.from(code).toString("latin1"); // esbuild escapes all that is not ASCII
  return Buffer.from(
    text.replace(/(?<=\{)"([^"\\]+)"(?=\()/g, (whole, path: string) => {
      const name = names.get(path);
      return name === undefined ? whole : JSON.stringify(name);
    }),
    "latin1",
  );
}

function nameOf(file: string, path: string): string {
  const found = nearestPackage(file);
  return found === undefined ? path : `${found.name}/${relative(found.folder, file)}`;
}
