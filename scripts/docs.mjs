// Builds the documentation's site into `site`, or into the folder that is named; `packages/site` says how. After `npm run build`.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = process.argv[2] ?? join(root, "site");
const builder = join(root, ".cache/site/build-site.mjs");

await mkdir(join(root, ".cache/site"), { recursive: true });
await build({
  entryPoints: [join(root, "packages/site/src/build-site.ts")],
  outfile: builder,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  conditions: ["ferry-source"],
  external: ["esbuild", "prettier"],
  // CommonJS dependencies ask for Node's own modules in this way.
  banner: {
    js: 'import{createRequire as ferryCreateRequire}from"node:module";const require=ferryCreateRequire(import.meta.url);',
  },
  logLevel: "warning",
});
const { main } = await import("../packages/cdk/dist/cli/main.js");
const { buildSite } = await import(pathToFileURL(builder));
const pages = await buildSite(root, out, main);
process.stdout.write(`${pages.length} pages in ${out}\n`);
await rm(builder);
