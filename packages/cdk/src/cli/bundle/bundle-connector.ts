import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { BuildFailure, Plugin } from "esbuild";
import { configError } from "../../errors.ts";
import { loadCompiler, type Compiler } from "../../entrypoint/modules/compiler.ts";
import { faultOf } from "../../entrypoint/modules/fault-of.ts";
import { findModule } from "../../entrypoint/modules/load-module.ts";
import type { Connector } from "../connector/open-connector.ts";
import { ferryItself } from "./built-package.ts";
import { MAIN, type Bundle, type BundleFile } from "./bundle.ts";
import { identityOf } from "./identity.ts";
import { nameModules } from "./module-names.ts";
import { ownFiles } from "./own-files.ts";
import { packagesOf } from "./packages-of.ts";

/** The name of the folder that an image keeps its manifest in. */
const MANIFEST_FOLDER = "source_declarative_manifest";

/**
 * Makes one JavaScript file of a connector, ferry-cdk and all packages, with its manifest and schemas beside it. The same input
 * gives the same bytes, wherever it lies. Without a connector the bundle is `source-declarative-manifest`: its manifest comes
 * with the config.
 * @param node the executable of the Node that will run it, where it is here: what that compiles of the connector is put beside it,
 * which makes it start sooner
 * @throws a config error that names file, line and column of what cannot be bundled
 */
export async function bundleConnector(connector: Connector | undefined, node?: string): Promise<Bundle> {
  const folder = connector?.folder ?? process.cwd();
  const compiler = await loadCompiler(join(folder, "package.json"));
  if (compiler === undefined) {
    throw configError("Bundling needs esbuild, which is not installed here: npm install --save-dev esbuild.", {
      code: "compiler-missing",
    });
  }
  const kept = new Map((await filesBeside(connector)).map((file) => [file.path, file]));
  const own = ownFiles(
    folder,
    (path) => placeOf(connector, path),
    (file) => void kept.set(file.path, file),
  );
  const build = (form: Form): Promise<BuildResult> =>
    buildAs(form, compiler, folder, entryOf(connector), [ferryItself, own]).catch((failure: unknown) => {
      throw configError(faultOf(failure as BuildFailure, folder), { code: "bundle-broken", cause: failure });
    });
  let built: BuildResult | undefined;
  let files: readonly BundleFile[] | undefined;
  if (node !== undefined) {
    const { compileBundle } = await import("./compile-bundle.ts");
    try {
      built = await build("script");
      const kind = connector?.entryPath === undefined ? "manifest" : "code";
      files = await compileBundle(built.content, kind, [...kept.values()], node);
    } catch (error) {
      // A module may wait for something while it is loaded, which scripts cannot.
      if (!(error instanceof Error && error.message.includes("Top-level await"))) throw error;
    }
  }
  built ??= await build("module");
  files ??= [{ path: MAIN, content: built.content }];
  const identity =
    connector === undefined ? { name: "source-declarative-manifest", version: "0.0.0" } : await identityOf(connector);
  const beside = [...kept].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, file]) => file);
  return { ...identity, files: [...files, ...beside], packages: await packagesOf(built.inputs) };
}

/** Where a file of the connector comes to lie in its bundle: the manifest and what belongs to it as in an image. */
function placeOf(connector: Connector | undefined, path: string): string {
  const isManifest = connector?.manifestPath === join(connector?.folder ?? "", path);
  if (isManifest) return `${MANIFEST_FOLDER}/manifest.yaml`;
  return basename(dirname(path)) === "schemas" ? `${MANIFEST_FOLDER}/${path}` : `files/${path}`;
}

/** What the bundle begins with: `run` gives the exit code. */
function entryOf(connector: Connector | undefined): string {
  const lines = [`import { runBundled } from "ferry-cdk/bundled";`];
  const members = ["place"];
  const module =
    connector === undefined ? undefined : (connector.entryPath ?? findModule(connector.folder, "components"));
  if (module !== undefined) {
    lines.push(`import * as module from ${JSON.stringify(module)};`);
    members.push(connector?.entryPath === undefined ? "components: module" : "source: module");
  }
  return `${lines.join("\n")}\nexport const run = (place, argv) => runBundled({ ${members.join(", ")} }, argv);\n`;
}

type Form = "module" | "script";

interface BuildResult {
  readonly content: Uint8Array;
  /** The paths of all that went into it. */
  readonly inputs: readonly string[];
}

async function buildAs(
  form: Form,
  compiler: Compiler,
  folder: string,
  entry: string,
  plugins: Plugin[],
): Promise<BuildResult> {
  const { outputFiles, metafile } = await compiler.build({
    ...(form === "module" ? asModule : asScript),
    stdin: {
      contents: form === "module" ? `#!/usr/bin/env node\n${entry}${START}` : entry,
      resolveDir: folder,
      sourcefile: "ferry-bundle.mjs",
    },
    absWorkingDir: folder,
    outfile: join(folder, MAIN), // named, not written
    write: false,
    bundle: true,
    metafile: true,
    platform: "node",
    target: "node20",
    external: ["esbuild"], // it compiles what a connector brings along, which is compiled here
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    logLevel: "silent",
    tsconfigRaw: {},
    plugins,
  });
  const paths = Object.keys(metafile.inputs);
  return {
    content: nameModules(outputFiles[0]!.contents, paths, folder),
    inputs: paths.map((path) => resolve(folder, path)).filter((path) => existsSync(path)),
  };
}

const START = "process.exit(await run(import.meta.url, process.argv.slice(2)));\n";

const asModule = {
  format: "esm",
  // CommonJS packages ask for Node's own modules in this way.
  banner: {
    js: 'import{createRequire as bundleRequire}from"node:module";const require=bundleRequire(import.meta.url);',
  },
} as const;

/** A function of what a CommonJS module knows; see bin/start-bundle.mjs. */
const asScript = {
  format: "cjs",
  define: {
    "import.meta.url": "bundleUrl",
    "import.meta.filename": "__filename",
    "import.meta.dirname": "bundleFolder",
  },
  banner: {
    js:
      "(function(exports,require,module,__filename){const bundleUrl=require('node:url').pathToFileURL(__filename).href," +
      "bundleFolder=require('node:path').dirname(__filename);",
  },
  footer: { js: "})" },
} as const;

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
