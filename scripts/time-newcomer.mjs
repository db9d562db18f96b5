// Times what a newcomer does: from an empty folder to the first green `ferry test`, the install included. Packed tarballs stand
// in for packages of a registry; their dependencies come from the registry that npm is set up with. After `npm run build`.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ferry-newcomer-"));
const made = join(folder, "source-shop");
const npm = (cwd, ...args) =>
  execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

try {
  const [create, cdk] = ["create-ferry-connector", "cdk"].map((name) => {
    const packed = npm(
      join(root, "packages", name),
      "pack",
      "--json",
      "--ignore-scripts",
      "--pack-destination",
      folder,
    );
    return join(folder, JSON.parse(packed)[0].filename);
  });
  const description = join(root, "packages/cdk/test/new/shop.openapi.yaml");
  const steps = {
    "npm create ferry-connector": () =>
      npm(
        folder,
        "exec",
        "--yes",
        `--package=${create}`,
        "--",
        "create-ferry-connector",
        "source-shop",
        "--from-openapi",
        description,
      ),
    "npm install": () => npm(made, "install", "--no-audit", "--no-fund", "--save-dev", cdk),
    "npm test": () => npm(made, "test"),
  };
  let all = 0;
  for (const [name, step] of Object.entries(steps)) {
    const started = performance.now();
    step();
    const seconds = (performance.now() - started) / 1000;
    all += seconds;
    process.stdout.write(`${seconds.toFixed(1).padStart(6)} s  ${name}\n`);
  }
  process.stdout.write(`${all.toFixed(1).padStart(6)} s  from an empty folder to the first green test\n`);
} finally {
  rmSync(folder, { recursive: true });
}
