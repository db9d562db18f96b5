// The packages that are published, and their versions: one for all of them.
import { readFileSync, readdirSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** In the order of publishing: what others need comes first. */
export const published = ["cdk", "components", "create-ferry-connector"];
/** The sources that become images. */
export const sources = ["source-rest-api", "source-csv"];

export const read = (path) => readFileSync(join(root, path), "utf8");
export const readJson = (path) => JSON.parse(read(path));

const DEPENDENCIES = ["dependencies", "devDependencies", "peerDependencies"];

/** What keeps these files from being released as a version: one line each. */
export function versionProblems(version) {
  const problems = [];
  for (const [path, { name, version: own, ...members }] of manifests()) {
    // A new connector's own version is its own.
    if (own !== version && !isTemplate(path)) problems.push(`${path}: ${name} is ${own}, not ${version}.`);
    for (const kind of DEPENDENCIES) {
      const range = members[kind]?.["ferry-cdk"];
      if (range !== undefined && range.replace(/^\^/, "") !== version) {
        problems.push(`${path}: ${kind} name ferry-cdk ${range}, not ${version}.`);
      }
    }
  }
  return problems;
}

/** Writes a version wherever it stands: packages, what they ask of one another, templates, the lock. */
export function setVersion(version) {
  for (const [path, manifest] of manifests()) {
    if (!isTemplate(path)) manifest.version = version;
    raise(manifest, version);
    writeFileSync(join(root, path), `${JSON.stringify(manifest, undefined, 2)}\n`);
  }
  const lock = readJson("package-lock.json");
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path.startsWith("packages/")) continue;
    entry.version = version;
    raise(entry, version);
  }
  writeFileSync(join(root, "package-lock.json"), `${JSON.stringify(lock, undefined, 2)}\n`);
}

const isTemplate = (path) => path.startsWith("templates/");

function raise(manifest, version) {
  for (const kind of DEPENDENCIES) {
    const range = manifest[kind]?.["ferry-cdk"];
    if (range !== undefined) manifest[kind]["ferry-cdk"] = `${range.startsWith("^") ? "^" : ""}${version}`;
  }
}

/** The package.json of each package, and of each template but for its own version. */
function manifests() {
  const folders = ["packages", "templates"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}/package.json`),
  );
  return folders.filter((path) => existsSync(join(root, path))).map((path) => [path, readJson(path)]);
}
