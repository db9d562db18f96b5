import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root, type Block, type Place } from "./pages.ts";

/** What became of a page's blocks: the place and the output of the one that failed. */
export interface Outcome {
  readonly failed: string | undefined;
  readonly output: string;
}

/**
 * Runs a page's blocks one after the other in one shell, as a reader would. `/tmp` is a folder of this run's own, and
 * `npm` and `npx` find this repository's packages (`bin/`); proxies that are not there keep all from the network.
 */
export async function runPage(page: string, place: Place, blocks: readonly Block[]): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "ferry-docs-"));
  const reached = join(folder, "reached");
  try {
    const cwd = join(folder, "here");
    const temporary = join(folder, "tmp");
    await Promise.all([mkdir(temporary), mkdir(join(folder, "home")), lay(place, page, cwd)]);
    const script = blocks.map(
      ({ line, text }) => `echo '${page}:${line}' >'${reached}'\n${text.replaceAll("/tmp/", `${temporary}/`)}\n`,
    );
    await writeFile(join(folder, "page.sh"), ["set -eo pipefail", ...script, `echo done >'${reached}'`].join("\n"));
    const output = await run(join(folder, "page.sh"), cwd, {
      ...process.env,
      PATH: `${join(root, "test/docs/bin")}:${dirname(process.execPath)}:${process.env["PATH"]}`,
      HOME: join(folder, "home"),
      TMPDIR: temporary,
      FERRY_ROOT: root,
      HTTP_PROXY: "http://127.0.0.1:9",
      HTTPS_PROXY: "http://127.0.0.1:9",
      NO_PROXY: "127.0.0.1,localhost",
      NODE_OPTIONS: "",
    });
    const at = (await readFile(reached, "utf8").catch(() => "the beginning")).trim();
    return { failed: at === "done" ? undefined : at, output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The root is links to what is there, but for the templates, which blocks may write into. */
async function lay(place: Place, page: string, cwd: string): Promise<void> {
  if (place === "own") {
    await cp(join(root, dirname(page)), cwd, { recursive: true });
    return;
  }
  await mkdir(cwd);
  if (place === "empty") return;
  const names = (await readdir(root)).filter((name) => !["templates", ".git"].includes(name));
  await Promise.all([
    cp(join(root, "templates"), join(cwd, "templates"), { recursive: true }),
    ...names.map((name) => symlink(join(root, name), join(cwd, name))),
  ]);
}

function run(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve) => {
    execFile("bash", [script], { cwd, env, timeout: 120_000, maxBuffer: 2 ** 26 }, (_error, stdout, stderr) => {
      resolve(`${stdout.slice(-2000)}\n${stderr.slice(-4000)}`);
    });
  });
}
