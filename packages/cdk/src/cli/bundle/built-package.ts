import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";
import { nearestPackage } from "../../entrypoint/modules/nearest-package.ts";

/** The folder of ferry-cdk as it is installed: its `dist` and `bin` are what bundles are made of. */
export const ferryFolder = (): string => nearestPackage(fileURLToPath(import.meta.url))!.folder;

/** All that a bundle imports of ferry-cdk is of one copy, the one that makes it; `ferry-cdk/bundled` is what runs it. */
export const ferryItself: Plugin = {
  name: "ferry-itself",
  setup(build) {
    const folder = ferryFolder();
    const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      exports: Readonly<Record<string, { readonly default: string }>>; // our own
    };
    build.onResolve({ filter: /^ferry-cdk(?:\/|$)/ }, ({ path }) => {
      const found =
        path === "ferry-cdk/bundled" ? "dist/entrypoint/bundled.js" : exports[path.replace("ferry-cdk", ".")]?.default;
      if (found !== undefined) return { path: join(folder, found) };
      return { errors: [{ text: `"${path}" is nothing that ferry-cdk exports` }] };
    });
  },
};
