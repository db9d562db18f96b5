// Releases Ferry; the steps of .github/workflows/release.yml, which can all be run by hand: see docs/releasing.md.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { notesOf, stamp, writeChangelog } from "./release/changelog.mjs";
import { pack } from "./release/pack.mjs";
import { published, readJson, root, setVersion, sources, versionProblems } from "./release/packages.mjs";

const TYPES = "@arethetypeswrong/cli@0.18.5"; // it brings 38 MB along, so it is fetched when it is needed
const execute = promisify(execFile);

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    tag: { type: "string" }, // v1.2.3, which the versions have to agree with
    out: { type: "string", default: "release" }, // the folder of the tarballs
    repository: { type: "string" }, // the address that provenance is for
    "dry-run": { type: "boolean", default: false },
    provenance: { type: "boolean", default: false },
    types: { type: "boolean", default: false }, // also check the types as they are resolved
    to: { type: "string" }, // REGISTRY/NAMESPACE of the images
    base: { type: "string", default: "node" },
    platform: { type: "string" },
    insecure: { type: "boolean", default: false },
  },
});
const steps = { version, check, pack: packAll, publish, images, notes };
const [step, ...args] = positionals;
if (!(step in steps)) {
  process.stderr.write(`Usage: node scripts/release.mjs ${Object.keys(steps).join("|")}\n`);
  process.exit(2);
}
try {
  await steps[step](...args);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

/** Sets the version of all packages, and gives the changelog's section its name. */
function version(next) {
  if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(next ?? "")) throw new Error("Which version? Such as 1.2.3 or 1.2.3-rc.1.");
  writeChangelog(stamp(next, new Date().toISOString().slice(0, 10)));
  setVersion(next);
  process.stdout.write(`${next}\n`);
}

function current() {
  return readJson("packages/cdk/package.json").version;
}

/** Whether the versions agree with one another and with the tag, and the changelog tells of this one. */
function check() {
  const version = values.tag?.replace(/^v/, "") ?? current();
  const problems = versionProblems(version);
  if (notesOf(version) === undefined) problems.push(`CHANGELOG.md has no section ${version}.`);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  process.stdout.write(`${version}\n`);
}

/** Packs the packages and checks the tarballs. */
async function packAll() {
  const [{ publint }, { formatMessage }] = await Promise.all([import("publint"), import("publint/utils")]);
  for (const name of published) {
    const packed = await pack(name, resolve(values.out), values.repository);
    const { messages, pkg } = await publint({
      pack: { tarball: Uint8Array.from(await readFile(packed.path)).buffer },
      strict: true,
    });
    if (messages.length > 0) throw new Error(messages.map((one) => `${name}: ${formatMessage(one, pkg)}`).join("\n"));
    if (values.types && packed.files.some(({ path }) => path.endsWith(".d.ts"))) {
      await run("npx", "--yes", TYPES, packed.path, "--profile", "esm-only");
    }
    process.stdout.write(
      `${packed.path}  ${packed.files.length} files, ${megabytes(packed.size)}, ${megabytes(packed.unpackedSize)} unpacked\n`,
    );
  }
}

/** Publishes what is not there yet: a release that failed half-way can be run again. */
async function publish() {
  const folder = mkdtempSync(join(tmpdir(), "ferry-publish-"));
  try {
    for (const directory of published) {
      const { name, version, path } = await pack(directory, folder, values.repository);
      if (await isPublished(`${name}@${version}`)) {
        process.stdout.write(`${name}@${version} is there already.\n`);
        continue;
      }
      const flags = [...(values["dry-run"] ? ["--dry-run"] : []), ...(values.provenance ? ["--provenance"] : [])];
      const channel = version.includes("-") ? "next" : "latest";
      await run("npm", "publish", path, "--access", "public", "--tag", channel, ...flags);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function isPublished(wanted) {
  try {
    return (await execute("npm", ["view", wanted, "version"])).stdout.trim() !== "";
  } catch (error) {
    if (String(error.stderr).includes("E404")) return false;
    throw error;
  }
}

/** Builds the images of the sources, for each platform, with what was in them and how they were made; pushes them. */
async function images() {
  if (values.to === undefined) throw new Error("Where to? --to REGISTRY/NAMESPACE.");
  const version = values.tag?.replace(/^v/, "") ?? current();
  for (const source of sources) {
    const tag = `${values.to.toLowerCase()}/${source}:${version}`;
    await run(
      process.execPath,
      join(root, "packages/cdk/bin/ferry.mjs"),
      ...["image", "build", join(root, "packages", source), "--tag", tag, "--base", values.base],
      ...(values.platform === undefined ? [] : ["--platform", values.platform]),
      ...(values["dry-run"] ? ["--output", `oci:${join(resolve(values.out), source)}`] : ["--output", "registry"]),
      ...(values.insecure ? ["--insecure"] : []),
    );
  }
}

function notes() {
  const version = values.tag?.replace(/^v/, "") ?? current();
  const text = notesOf(version);
  if (text === undefined) throw new Error(`CHANGELOG.md has no section ${version}.`);
  process.stdout.write(`${text}\n`);
}

async function run(command, ...args) {
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}.`);
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
