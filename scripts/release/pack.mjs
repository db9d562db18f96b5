// Packs what is published: the files of a package, and its package.json without what only this repository needs.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { readJson, root } from "./packages.mjs";

const execute = promisify(execFile);

/** Makes a tarball of a package in a folder. Gives its path, its size in bytes and its files. */
export async function pack(name, folder, repository) {
  const source = join(root, "packages", name);
  const stage = mkdtempSync(join(tmpdir(), "ferry-pack-"));
  try {
    const listed = await npmPack(source, "--dry-run");
    for (const { path } of listed.files) {
      mkdirSync(dirname(join(stage, path)), { recursive: true });
      cpSync(join(source, path), join(stage, path));
    }
    const manifest = publishedManifest(readJson(`packages/${name}/package.json`), name, repository);
    writeFileSync(join(stage, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
    mkdirSync(folder, { recursive: true });
    const { filename, size, unpackedSize, files } = await npmPack(stage, "--pack-destination", folder);
    return { name: manifest.name, version: manifest.version, path: join(folder, filename), size, unpackedSize, files };
  } finally {
    rmSync(stage, { recursive: true });
  }
}

async function npmPack(cwd, ...args) {
  const { stdout } = await execute("npm", ["pack", "--json", "--ignore-scripts", ...args], { cwd, maxBuffer: 2 ** 26 });
  return JSON.parse(stdout)[0];
}

/** The sources, which `ferry-source` names, are not published. Provenance wants the repository to be named. */
function publishedManifest({ devDependencies: _, exports, ...manifest }, name, repository) {
  return {
    ...manifest,
    ...(repository === undefined
      ? {}
      : { repository: { type: "git", url: `git+${repository}.git`, directory: `packages/${name}` } }),
    exports: Object.fromEntries(
      Object.entries(exports).map(([entry, { "ferry-source": __, ...conditions }]) => [entry, conditions]),
    ),
  };
}
