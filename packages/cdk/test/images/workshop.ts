import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { nodeBase } from "../../src/cli/image/base/node-base.ts";
import { jsonBlob, mediaTypes } from "../../src/cli/image/blob.ts";
import { writeLayout } from "../../src/cli/image/outputs/oci-layout.ts";
import { hostPlatform } from "../../src/cli/image/platform.ts";

export const root: string = fileURLToPath(new URL("../../../..", import.meta.url));
const ferryScript = join(root, "packages/cdk/bin/ferry.mjs");

const isThere = (program: string): boolean =>
  spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
/** The programs that are not installed here. */
export const missing: readonly string[] = ["docker-registry", "skopeo", "podman", "buildah", "runc"].filter(
  (program) => !isThere(program),
);

/** A registry, an engine that keeps its images in a folder of its own, and a base. */
export interface Workshop {
  readonly folder: string;
  /** Host and port of the registry. */
  readonly host: string;
  /** The name of the base in the registry: this machine's Node, in the form of official images. */
  readonly base: string;
  /** How the engine is called. */
  readonly engine: readonly string[];
  /** The flags of its `run` that this machine needs. */
  readonly runFlags: readonly string[];
  /** Gives what the command prints; throws with all that it printed where it fails. */
  ferry(...argv: readonly string[]): Promise<string>;
  /** The same of a command that may end with 1. */
  tryFerry(...argv: readonly string[]): Promise<string>;
  run(program: string, ...argv: readonly string[]): Promise<string>;
  podman(...argv: readonly string[]): Promise<string>;
  buildah(...argv: readonly string[]): Promise<string>;
  /** Writes a file into the folder, gives its path. */
  put(path: string, content: string | object): string;
  close(): void;
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = mkdtempSync(join(tmpdir(), "ferry-real-images-"));
  chmodSync(folder, 0o755); // user 1000 reads what is mounted from it
  const put = (path: string, content: string | object): string => {
    const whole = join(folder, path);
    mkdirSync(join(whole, ".."), { recursive: true });
    writeFileSync(whole, typeof content === "string" ? content : JSON.stringify(content));
    return whole;
  };
  const host = `127.0.0.1:${await freePort()}`;
  const storage = `storage: {filesystem: {rootdirectory: ${join(folder, "registry")}}}`;
  const config = put("registry.yml", `version: 0.1\n${storage}\nhttp: {addr: "${host}"}\n`);
  const registry = spawn("docker-registry", ["serve", config], { stdio: ["ignore", "ignore", "pipe"] });
  await new Promise<void>((resolve) => {
    registry.stderr.on("data", (chunk) => {
      if (String(chunk).includes("listening on")) resolve();
    });
  });

  const places = ["--root", join(folder, "engine/root"), "--runroot", join(folder, "engine/run")];
  const storing = [...places, "--storage-driver", "vfs"];
  const engine = ["podman", ...storing, "--cgroup-manager=cgroupfs", "--runtime", "runc"];
  const env = { ...process.env, TMPDIR: join(folder, "tmp") };
  mkdirSync(env.TMPDIR);
  const run = async (program: string, ...argv: readonly string[]): Promise<string> => {
    try {
      return (await promisify(execFile)(program, argv, { env, maxBuffer: 2 ** 26 })).stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string }; // of execFile
      throw new Error(`${program} ${argv.join(" ")} failed:\n${stdout}\n${stderr}`, { cause: error });
    }
  };
  await writeBase(join(folder, "base"));
  const base = `${host}/base/node:1`;
  await run("skopeo", "copy", "-q", "--all", "--dest-tls-verify=false", `oci:${folder}/base:1`, `docker://${base}`);
  return {
    ...{ folder, host, base, engine, put, run },
    runFlags: ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024"],
    ferry: (...argv) => run(process.execPath, ferryScript, ...argv),
    tryFerry: (...argv) =>
      new Promise((resolve) => {
        execFile(process.execPath, [ferryScript, ...argv], { env }, (_, stdout) => resolve(stdout));
      }),
    podman: (...argv) => run(engine[0]!, ...engine.slice(1), ...argv),
    buildah: (...argv) => run("buildah", ...storing, ...argv),
    close() {
      registry.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An image of this machine's Node, as an OCI layout; it tells its version as official images do. */
async function writeBase(folder: string): Promise<void> {
  const platform = hostPlatform();
  const { layers, config } = await nodeBase().image(platform);
  const Env = [...(config.config?.Env ?? []), `NODE_VERSION=${process.versions.node}`];
  const configBlob = jsonBlob(mediaTypes.config, { ...config, config: { ...config.config, Env } });
  const document = { schemaVersion: 2, mediaType: mediaTypes.manifest, config: configBlob.descriptor };
  const manifest = jsonBlob(
    mediaTypes.manifest,
    { ...document, layers: layers.map(({ descriptor }) => descriptor) },
    { platform },
  );
  const listed = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [manifest.descriptor] };
  const blobs = [configBlob, ...layers];
  const first = { platform, manifest, config: configBlob, layers };
  await writeLayout(folder, "1", { index: jsonBlob(mediaTypes.index, listed), manifests: [manifest], blobs, first });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // of TCP
  server.close();
  return port;
}
