// Takes the screens of docs/screens: runs ferry on a pseudo-terminal, and draws what is seen as SVG.
// usage: node scripts/screens.mjs [--check], which writes nothing and fails where a screen is no longer that of the code.
// It needs `script` of util-linux, and built packages.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startShop } from "./screens/shop.mjs";
import { onTerminal } from "./screens/terminal.mjs";
import { svgOf } from "./screens/svg.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const ferry = `"${process.execPath}" "${join(root, "packages/cdk/bin/ferry.mjs")}"`;
const folder = mkdtempSync(join(tmpdir(), "ferry-screens-"));
const template = readFileSync(join(root, "templates/manifest/manifest.yaml"), "utf8");

/** A connector's folder like the template, its manifest changed. */
function connector(name, change = (text) => text) {
  const path = join(folder, name);
  cpSync(join(root, "templates/manifest"), path, { recursive: true });
  writeFileSync(join(path, "manifest.yaml"), change(template));
  return path;
}

/** What is said on the screen but differs from one run to the next is always the same here. */
const steady = (text) =>
  text
    .replace(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g, "⠹")
    .replace(/ +[\d,]+\/s/g, (rate) => "950/s".padStart(rate.length))
    .replace(/memory [\d.]+ MB/g, "memory 96 MB")
    .replace(/[\d.]+ (?:s|min)(?=\x1b|\n|$)/g, "0.1 s");

const screens = {
  async read() {
    const shop = await startShop();
    const path = connector("source-shop", (text) => text.replace("https://api.example.com", shop.url));
    try {
      return await onTerminal(`${ferry} read --config test/config.json`, path, async ({ until, quit }) => {
        // The shop keeps a page back for as long as the picture is taken.
        const screen = await until((seen) =>
          /orders +400 records .* 5 requests[\s\S]*✓ customers +300 records/.test(seen),
        );
        shop.release();
        await quit;
        return `$ ferry read --config config.json\n${screen}`;
      });
    } finally {
      await shop.close();
    }
  },
  async validate() {
    const path = connector("source-shop-invalid", (text) =>
      text
        .replace("type: RecordSelector", "type: RecordSelectr")
        .replace("http_method: GET", "http_method: GTE")
        .replace("primary_key: [id]", "primary_key: [ident]"),
    );
    const command = "ferry manifest validate manifest.yaml";
    return onTerminal(command.replace("ferry", ferry), path, async ({ quit }) => `$ ${command}\n${await quit}`);
  },
  async dev() {
    const path = connector("source-shop-dev");
    const manifest = join(path, "manifest.yaml");
    const added = "    transformations: [{ type: AddFields, fields: [{ path: [plan], value: gold }] }]\n";
    const changed = template.replace("    name: orders\n", `    name: orders\n${added}`);
    return onTerminal(`${ferry} dev`, path, async ({ until, press, quit }) => {
      const isWaiting = (saves) => (seen) => seen.endsWith("q: quit") && seen.split("●").length > saves;
      await until(isWaiting(0));
      writeFileSync(manifest, changed);
      await until(isWaiting(1));
      writeFileSync(manifest, changed.replace("{{ config['api_token'] }}", "{{ confg['api_token'] }}"));
      const screen = await until(isWaiting(2));
      press("q");
      await quit;
      return `$ ferry dev\n${screen}`;
    });
  },
};

const isCheck = process.argv.includes("--check");
const out = join(root, "docs/screens");
const stale = [];
try {
  await Promise.all(
    Object.entries(screens).map(async ([name, take]) => {
      const file = join(out, `${name}.svg`);
      const picture = svgOf(steady((await take()).replaceAll("source-shop-dev", "source-shop")), name);
      if (!isCheck) {
        mkdirSync(out, { recursive: true });
        writeFileSync(file, picture);
      } else if (readOr(file) !== picture) {
        stale.push(name);
        console.error(`${file} is not what ferry shows now; it would be:\n${picture}`);
      }
    }),
  );
} finally {
  rmSync(folder, { recursive: true });
}
if (stale.length > 0) {
  console.error(`Other screens than in docs/screens: ${stale.join(", ")}. Take them anew: node scripts/screens.mjs`);
  process.exitCode = 1;
}

function readOr(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // it is to be made
  }
}
