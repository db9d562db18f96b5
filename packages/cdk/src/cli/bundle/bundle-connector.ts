import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import type { BuildFailure, Metafile, Plugin } from "esbuild";
import { configError } from "../../errors.ts";
import { loadCompiler } from "../../entrypoint/modules/compiler.ts";
import { faultOf } from "../../entrypoint/modules/fault-of.ts";
import { findModule } from "../../entrypoint/modules/load-module.ts";
import { runningCopy } from "../../entrypoint/modules/outside-packages.ts";
import type { Connector } from "../connector/open-connector.ts";
import { MAIN, type Bundle, type BundleFile } from "./bundle.ts";
import { identityOf } from "./identity.ts";
import { packagesOf } from "./packages-of.ts";

/** The name of the folder that an image keeps its manifest in. */
const MANIFEST_FOLDER = "source_declarative_manifest";

/**
 * Makes one JavaScript file of a connector, ferry-cdk and all packages, with its manifest and schemas beside it.
 * Without a connector the bundle is `source-declarative-manifest`: its manifest comes with the config.
 * @throws a config error that names file, line and column of what cannot be bundled
 */
export async function bundleConnector(connector: Connector | undefined): Promise<Bundle> {
  const folder = connector?.folder ?? process.cwd();
  const compiler = await loadCompiler(join(folder, "package.json"));
  if (compiler === undefined) {
    throw configError("Bundling needs esbuild, which is not installed here: npm install --save-dev esbuild.", {
      code: "compiler-missing",
    });
  }
  const { outputFiles, metafile } = await compiler
    .build({
      stdin: { contents: entryOf(connector), resolveDir: folder, sourcefile: "ferry-bundle.mjs" },
      absWorkingDir: folder,
      outfile: join(folder, MAIN), // named, not written
      write: false,
      bundle: true,
      metafile: true,
      format: "esm",
      platform: "node",
      target: "node20",
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: "none",
      logLevel: "silent",
      tsconfigRaw: {},
      plugins: [runningFerry],
      // CommonJS packages ask for Node's own modules in this way.
      banner: {
        js: 'import{createRequire as bundleRequire}from"node:module";const require=bundleRequire(import.meta.url);',
      },
    })
    .catch((failure: unknown) => {
      throw configError(faultOf(failure as BuildFailure, folder), { code: "bundle-broken", cause: failure });
    });
  const main: BundleFile = { path: MAIN, content: outputFiles[0]!.contents };
  const identity =
    connector === undefined ? { name: "source-declarative-manifest", version: "0.0.0" } : await identityOf(connector);
  return {
    ...identity,
    files: [main, ...(await filesBeside(connector))],
    packages: await packagesOf(inputsOf(metafile, folder)),
  };
}

function entryOf(connector: Connector | undefined): string {
  const lines = [`import { runBundled } from "ferry-cdk/bundled";`];
  const members = ["place: import.meta.url"];
  const module =
    connector === undefined ? undefined : (connector.entryPath ?? findModule(connector.folder, "components"));
  if (module !== undefined) {
    lines.push(`import * as module from ${JSON.stringify(module)};`);
    members.push(connector?.entryPath === undefined ? "components: module" : "source: module");
  }
  return `#!/usr/bin/env node\n${lines.join("\n")}\nprocess.exit(await runBundled({ ${members.join(", ")} }, process.argv.slice(2)));\n`;
}

/** All that is imported of ferry-cdk is the copy that runs now. */
const runningFerry: Plugin = {
  name: "running-ferry",
  setup(build) {
    build.onResolve({ filter: /^ferry-cdk(?:\/|$)/ }, ({ path }) => ({
      path:
        path === "ferry-cdk/bundled"
          ? join(dirname(runningCopy("ferry-cdk")), "entrypoint/bundled.js")
          : runningCopy(path),
    }));
  },
};

/** The manifest as an image has it, and the JSON files of folders named `schemas`. */
async function filesBeside(connector: Connector | undefined): Promise<BundleFile[]> {
  if (connector?.manifestPath === undefined) return [];
  const { folder, manifestPath } = connector;
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const schemas = found
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json") && basename(entry.parentPath) === "schemas")
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith("node_modules/"));
  const files = await Promise.all(
    schemas
      .sort()
      .map(async (path) => ({ path: `${MANIFEST_FOLDER}/${path}`, content: await readFile(join(folder, path)) })),
  );
  return [{ path: `${MANIFEST_FOLDER}/manifest.yaml`, content: await readFile(manifestPath) }, ...files];
}

const inputsOf = ({ inputs }: Metafile, folder: string): string[] =>
  Object.keys(inputs)
    .map((path) => join(folder, path))
    .filter((path) => existsSync(path));
