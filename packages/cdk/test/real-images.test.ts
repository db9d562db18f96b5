import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const ferry = join(root, "packages/cdk/bin/ferry.mjs");
const isThere = (program: string): boolean =>
  spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
const missing = ["docker-registry", "skopeo", "podman", "runc"].filter((program) => !isThere(program));
const why = missing.length === 0 ? "" : ` (not covered here: ${missing.join(", ")} is not installed)`;

describe.skipIf(missing.length > 0)(`images, with a real registry and a real engine${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "ferry-real-images-"));
  const engine = [
    ...["podman", "--root", join(folder, "engine/root"), "--runroot", join(folder, "engine/run")],
    ...["--storage-driver", "vfs", "--cgroup-manager=cgroupfs", "--runtime", "runc"],
  ];
  let registry: ChildProcess;
  let host: string;

  beforeAll(async () => {
    host = `127.0.0.1:${await freePort()}`;
    const storage = `storage: {filesystem: {rootdirectory: ${join(folder, "registry")}}}`;
    writeFileSync(join(folder, "registry.yml"), `version: 0.1\n${storage}\nhttp: {addr: "${host}"}\n`);
    registry = spawn("docker-registry", ["serve", join(folder, "registry.yml")], { stdio: "ignore" });
    for (let tries = 0; tries < 100; tries++) {
      if (
        await fetch(`http://${host}/v2/`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return;
      await setTimeout(50);
    }
  });
  afterAll(() => {
    registry.kill();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  function build(connector: string, name: string, ...more: string[]): { digest: string; ownLayer: number } {
    const tag = `${host}/${name}:1`;
    const argv = ["image", "build", join(root, connector), "--tag", tag, "--insecure", "--output", "registry", ...more];
    return JSON.parse(execFileSync(process.execPath, [ferry, ...argv], { encoding: "utf8" })) as {
      digest: string;
      ownLayer: number;
    };
  }

  test.each([
    ["packages/source-csv", "source-csv", 5],
    ["packages/source-rest-api", "source-rest-api", 1],
    ["templates/manifest", "source-template", 1],
  ])(
    "%s is built twice alike, pushed, and runs read-only as user 1000",
    async (connector, name, tried) => {
      const archive = join(folder, `${name}.tar`);
      const first = build(connector, name, "--output", `docker:${archive}`);
      expect(build(connector, name)).toMatchObject({ digest: first.digest });
      expect(first.ownLayer).toBeLessThan(5e6);
      const seen = execFileSync("skopeo", [
        "inspect",
        "--tls-verify=false",
        "--format",
        "{{.Digest}}",
        `docker://${host}/${name}:1`,
      ]);
      expect(seen.toString().trim()).toBe(first.digest);

      execFileSync(engine[0]!, [...engine.slice(1), "load", "-i", archive], { stdio: "ignore" });
      const data = join(folder, "data");
      mkdirSync(data, { recursive: true });
      copyFileSync(join(root, "packages/source-csv/demo/orders.csv"), join(data, "orders.csv"));
      chmodSync(folder, 0o755);
      const config = JSON.stringify({
        dataset_name: "orders",
        url: "/data/orders.csv",
        provider: { storage: "local" },
      });
      const argv = [
        ...["image", "test", `${host}/${name}:1`, "--engine", engine.join(" "), "--network", "none", "--memory", ""],
        "--run-flags=--ulimit nofile=1024:1024 --ulimit nproc=1024:1024",
        ...(tried > 1 ? ["--config", config, "--volume", `${data}:/data:ro`] : []),
      ];
      const { stdout } = spawnSync(process.execPath, [ferry, ...argv], { encoding: "utf8" });
      const { ok, trials } = JSON.parse(stdout) as { ok: boolean; trials: { name: string; detail: string }[] };
      expect([ok, trials.map((trial) => trial.name)]).toEqual([
        true,
        ["image", "spec", "check", "discover", "read"].slice(0, tried === 1 ? 2 : 5),
      ]);
      if (tried > 1) expect(trials.at(-1)!.detail).toBe("3 TRACE, 32 RECORD, 1 STATE");
    },
    120_000,
  );
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
