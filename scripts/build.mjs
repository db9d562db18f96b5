// Bundles the packages into their `dist` folders, and writes the declarations of ferry-cdk's public API.
// Dependencies are bundled too: a connector starts from a few files, each loaded when its verb needs it.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import ts from "typescript";

const root = fileURLToPath(new URL("..", import.meta.url));
const cdk = join(root, "packages/cdk");

const options = {
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  conditions: ["ferry-source"],
  chunkNames: "chunks/[name]-[hash]",
  external: ["esbuild"], // loaded where a connector brings TypeScript along
  legalComments: "none",
  logLevel: "warning",
  minifySyntax: true,
  minifyWhitespace: true, // with the locales left out, 0.02 to 0.04 s less CPU before the first request
  plugins: [
    { name: "only English", setup: onlyEnglish },
    { name: "templates", setup: withTemplates },
    { name: "no formatter", setup: withoutPrettier },
  ],
  // CommonJS dependencies ask for Node's own modules in this way.
  banner: {
    js: 'import{createRequire as ferryCreateRequire}from"node:module";const require=ferryCreateRequire(import.meta.url);',
  },
};

const PRIVATE_SYMBOL = 9038; // a member named by a symbol that is not exported: rightly left out
const formatHost = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => "\n" };

await Promise.all([
  bundle(cdk, [
    "index.ts",
    "files.ts",
    "testing/index.ts",
    "entrypoint/declarative.ts",
    "entrypoint/bundled.ts",
    "cli/main.ts",
    "cli/create.ts",
  ]),
  bundle(join(root, "packages/source-csv"), ["index.ts"]),
  bundle(join(root, "packages/source-rest-api"), ["index.ts"]),
  bundle(join(root, "packages/create-ferry-connector"), ["index.ts"]),
  // What is made for connectors meets the ferry-cdk that they bring along.
  bundle(join(root, "packages/components"), ["index.ts"], ["ferry-cdk"]),
]);
await Promise.all([
  scripts(cdk, ["entrypoint/declarative", "cli/main"]),
  declarations(cdk, ["src/index.ts", "src/files.ts", "src/testing/index.ts", "src/cli/create.ts"]),
  declarations(join(root, "packages/components"), ["src/index.ts"]),
]);
await manifestSchema();

/** Leaves out zod's messages in other languages: they are half of it. */
function onlyEnglish(esbuild) {
  esbuild.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, ({ path }) => ({
    contents: 'export { default as en } from "./en.js";',
    resolveDir: dirname(path),
  }));
}

/** The JSON Schema of manifests, which connectors name to editors. */
async function manifestSchema() {
  const { stdout } = await promisify(execFile)(process.execPath, [join(cdk, "bin/ferry.mjs"), "manifest", "schema"], {
    maxBuffer: 2 ** 26,
  });
  await writeFile(join(cdk, "dist/manifest.schema.json"), JSON.stringify(JSON.parse(stdout)));
}

/** Leaves out prettier, which json-schema-to-typescript loads and Ferry does not use: it is larger than all the rest. */
function withoutPrettier(esbuild) {
  esbuild.onResolve({ filter: /^prettier$/ }, () => ({ path: "prettier", namespace: "left-out" }));
  esbuild.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "export const format = undefined;" }));
}

/** Puts the templates themselves where their files are read. */
function withTemplates(esbuild) {
  esbuild.onLoad({ filter: /cli[/\\]new[/\\]project[/\\]template-files\.ts$/ }, async () => {
    const folder = join(root, "templates");
    const paths = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
      .filter((path) => !/(?:^|[/\\])(?:node_modules|dist)[/\\]/.test(path))
      .sort();
    const read = async (path) => [path.replaceAll("\\", "/"), await readFile(join(folder, path), "utf8")];
    const files = Object.fromEntries(await Promise.all(paths.map(read)));
    return { contents: `export const templateFiles = ${JSON.stringify(files)};`, loader: "js" };
  });
}

/** Bundles each entry into one script, and compiles it: that is how it starts soonest; see bin/load.mjs. */
async function scripts(folder, entries) {
  const bundles = entries.map((entry) =>
    build({
      ...options,
      splitting: false,
      format: "cjs",
      stdin: { contents: `export const load=()=>import("./${entry}.ts")`, resolveDir: join(folder, "src") },
      define: { "import.meta.url": "ferryUrl" },
      banner: {
        js: "(function(exports,require,module,__filename){const ferryUrl=require('node:url').pathToFileURL(__filename).href;",
      },
      footer: { js: "})" },
      outfile: join(folder, `dist/${entry}.cjs`),
    }),
  );
  await Promise.all(bundles);
  await promisify(execFile)(process.execPath, [join(folder, "bin/compile.mjs")]);
}

/** Bundles the entries that are there, each to the same place in `dist`. */
async function bundle(folder, entries, outside = []) {
  const source = join(folder, "src");
  const present = entries.map((entry) => join(source, entry)).filter((path) => existsSync(path));
  await rm(join(folder, "dist"), { recursive: true, force: true });
  if (present.length === 0) return;
  const dist = join(folder, "dist");
  const { metafile } = await build({
    ...options,
    external: [...options.external, ...outside],
    entryPoints: present,
    outbase: source,
    outdir: dist,
    absWorkingDir: root,
    metafile: true,
  });
  await writeFile(join(dist, "LICENSES.txt"), await licensesOf(Object.keys(metafile.inputs)));
}

/** The licenses of the dependencies that went into a bundle: whoever gets the bundle has to get them too. */
async function licensesOf(inputs) {
  const packages = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []));
  const texts = [...packages].sort().map(async (name) => {
    const folder = join(root, name);
    const { name: title, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    const text = file === undefined ? "" : `\n\n${(await readFile(join(folder, file), "utf8")).trim()}`;
    return `${title} ${version} (${license})${text}\n`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}

/** Writes the declarations of these files and of all that they import: `isolatedDeclarations` needs no type check. */
async function declarations(folder, entries) {
  const seen = new Set();
  const pending = entries.map((entry) => join(folder, entry)).filter((path) => existsSync(path));
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const { outputText, diagnostics } = ts.transpileDeclaration(await readFile(path, "utf8"), {
      fileName: path,
      reportDiagnostics: true,
      compilerOptions: { isolatedDeclarations: true, declaration: true, stripInternal: true },
    });
    const faults = diagnostics.filter(({ code }) => code !== PRIVATE_SYMBOL);
    if (faults.length > 0) throw new Error(ts.formatDiagnostics(faults, formatHost));
    const text = outputText.replace(/((?:from|import)\s*\(?\s*")(\.{1,2}\/[^"]+)\.ts"/g, (_, before, target) => {
      pending.push(resolve(dirname(path), `${target}.ts`));
      return `${before}${target}.js"`;
    });
    const output = join(folder, "dist", relative(join(folder, "src"), path).replace(/\.ts$/, ".d.ts"));
    await mkdir(dirname(output), { recursive: true });
    await writeFile(output, text);
  }
}
