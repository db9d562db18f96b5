import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "../../../json/value.ts";
import type { AirbyteCatalog, ConfiguredAirbyteCatalog } from "../../../protocol/messages.gen.ts";
import { configureCatalog } from "../../connector/configure-catalog.ts";
import { hostPlatform } from "../platform.ts";
import type { Engine, Finished } from "./engine.ts";
import { explain, explainFailedCheck, typeOf } from "./explain.ts";

export interface TrialOptions {
  readonly image: string;
  readonly config: JsonObject | undefined;
  /** What to read; all that discover gives when left out. */
  readonly catalog: ConfiguredAirbyteCatalog | undefined;
  /** As the engine takes it, such as `1g`. */
  readonly memory: string;
  /** The network of check, discover and read, such as `host`; spec has none. */
  readonly network: string;
  /** Folders to mount for reading, as `FROM:TO`. */
  readonly volumes: readonly string[];
  /** More flags of the engine's `run`. */
  readonly runFlags: readonly string[];
  /** Seconds for each verb. */
  readonly timeout: number;
}

/** One thing that was tried. */
export interface Trial {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, or why it failed. */
  readonly detail: string;
  /** Milliseconds. */
  readonly duration: number;
}

/** Tries an image as Airbyte runs it: a read-only root, user 1000, little memory. Stops where nothing after could work. */
export async function* tryImage(engine: Engine, options: TrialOptions): AsyncGenerator<Trial> {
  const inspected = await timed("image", () => inspect(engine, options));
  yield inspected;
  if (!inspected.ok) return;

  const folder = await mkdtemp(join(tmpdir(), "ferry-trial-"));
  await chmod(folder, 0o755); // user 1000 reads it
  const put = (name: string, content: unknown): Promise<void> =>
    writeFile(join(folder, name), JSON.stringify(content), { mode: 0o644 });
  async function verb(argv: readonly string[], network: string): Promise<Finished> {
    const name = `ferry-trial-${randomUUID()}`;
    const flags = [...flagsOf(options, folder, network), "--name", name];
    const finished = await engine.run([...flags, options.image, ...argv], options.timeout);
    // Whoever waited for it is gone, the container is not.
    if (finished.timedOut) await engine.run(["kill", name], options.timeout);
    return finished;
  }

  async function attempt(
    name: string,
    wanted: string,
    argv: readonly string[],
    network: string,
  ): Promise<[Trial, string[]]> {
    let lines: string[] = [];
    const trial = await timed(name, async () => {
      const finished = await verb(argv, network);
      lines = finished.stdout.split("\n").filter((line) => line !== "");
      const problem = explain(finished, wanted);
      return problem === undefined ? { ok: true, detail: found(lines, wanted) } : { ok: false, detail: problem };
    });
    return [trial, lines];
  }

  try {
    const [spec] = await attempt("spec", "SPEC", ["spec"], "none");
    yield spec;
    if (options.config === undefined || !spec.ok) return;
    await put("config.json", options.config);
    const config = ["--config", "/trial/config.json"];
    const [check, answers] = await attempt("check", "CONNECTION_STATUS", ["check", ...config], options.network);
    const refused = answers.find((line) => line.includes('"FAILED"') && typeOf(line) === "CONNECTION_STATUS");
    yield refused === undefined ? check : { ...check, ok: false, detail: failedCheck(refused, options.network) };
    if (!check.ok || refused !== undefined) return;
    const [discover, catalogs] = await attempt("discover", "CATALOG", ["discover", ...config], options.network);
    yield discover;
    if (!discover.ok) return;
    await put("catalog.json", options.catalog ?? configureCatalog(catalogOf(catalogs)));
    const read = ["read", ...config, "--catalog", "/trial/catalog.json"];
    yield (await attempt("read", "STATE", read, options.network))[0];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function failedCheck(line: string, network: string): string {
  const { connectionStatus } = JSON.parse(line) as { connectionStatus?: { message?: string } }; // its type says so
  const message = connectionStatus?.message ?? line;
  const hint = explainFailedCheck(line, network);
  return `the check failed: ${message.slice(0, 300)}${hint === undefined ? "" : `; ${hint}`}`;
}

function flagsOf({ memory, volumes, runFlags }: TrialOptions, folder: string, network: string): readonly string[] {
  return [
    ...["run", "--rm", `--network=${network}`, "--read-only", "--tmpfs", "/tmp", "--user", "1000:1000"],
    ...(memory === "" ? [] : ["--memory", memory]),
    ...[`${folder}:/trial:ro`, ...volumes].flatMap((volume) => ["-v", volume]),
    ...runFlags,
  ];
}

async function timed(name: string, attempt: () => Promise<Pick<Trial, "ok" | "detail">>): Promise<Trial> {
  const start = performance.now();
  const { ok, detail } = await attempt();
  return { name, ok, detail, duration: Math.round(performance.now() - start) };
}

/** What the platform looks at before it runs anything. */
async function inspect(engine: Engine, { image, timeout }: TrialOptions): Promise<Pick<Trial, "ok" | "detail">> {
  const { exitCode, stdout, stderr } = await engine.run(["image", "inspect", image], timeout);
  if (exitCode !== 0)
    return { ok: false, detail: `${engine.name} has no such image: ${stderr.trim().split("\n").at(-1) ?? ""}` };
  const [found = {}] = JSON.parse(stdout) as readonly Inspected[]; // both engines' form
  const { Config: config = {}, Architecture: architecture } = found;
  const entrypoint = (config.Entrypoint ?? []).join(" ");
  const variable = config.Env?.find((one) => one.startsWith("AIRBYTE_ENTRYPOINT="))?.slice(
    "AIRBYTE_ENTRYPOINT=".length,
  );
  const labels = config.Labels ?? {};
  const [user = ""] = (config.User ?? "").split(":");
  const own = hostPlatform().architecture;
  const problems = [
    ...(architecture !== undefined && architecture !== own
      ? [`it is for ${architecture}, and this machine is ${own}: build it with --platform linux/${own}`]
      : []),
    ...(entrypoint === "" ? ["it has no ENTRYPOINT, so that nothing runs"] : []),
    ...(["", "0", "root"].includes(user) ? ["its user is root, and connectors run as 1000: set USER 1000:1000"] : []),
    ...(variable === undefined ? ["it sets no AIRBYTE_ENTRYPOINT, by which the platform runs it"] : []),
    ...(variable !== undefined && variable !== entrypoint
      ? [`AIRBYTE_ENTRYPOINT is "${variable}", but its ENTRYPOINT is "${entrypoint}": they have to be equal`]
      : []),
    ...["io.airbyte.name", "io.airbyte.version"]
      .filter((name) => labels[name] === undefined)
      .map((name) => `it has no label ${name}`),
  ];
  if (problems.length > 0) return { ok: false, detail: problems.join("; ") };
  return { ok: true, detail: `${labels["io.airbyte.name"]!} ${labels["io.airbyte.version"]!}, ${entrypoint}` };
}

interface Inspected {
  readonly Architecture?: string;
  readonly Config?: {
    readonly User?: string;
    readonly Entrypoint?: readonly string[] | null;
    readonly Env?: readonly string[] | null;
    readonly Labels?: Readonly<Record<string, string>> | null;
  };
}

function found(lines: readonly string[], wanted: string): string {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const type = typeOf(line);
    if (type !== undefined && type !== "LOG") counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].map(([type, count]) => `${count} ${type}`).join(", ") || wanted;
}

function catalogOf(lines: readonly string[]): AirbyteCatalog {
  const line = lines.find((one) => typeOf(one) === "CATALOG")!;
  return (JSON.parse(line) as { catalog: AirbyteCatalog }).catalog; // its type says so
}
