// Compiles scan.as and its parts to WebAssembly and writes it to scan.gen.ts as text, so that a bundle needs no file beside it.
// Needed after a change of them only: node packages/cdk/src/json/scan/build-scan.mjs   (ASC: another compiler command)
import { execSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const COMPILER = process.env["ASC"] ?? "npx --yes --package assemblyscript@0.28.20 asc";
const OPTIONS = "-O3 --runtime stub --enable simd --noAssert --initialMemory 40";

/** Compiles the file, which may import these parts beside it, to one of the same name that ends in .gen.ts. */
export function compile(main, parts) {
  const name = main.pathname.match(/([^/]+)\.as$/)[1];
  const folder = mkdtempSync(join(tmpdir(), "scan-"));
  try {
    for (const part of parts) {
      copyFileSync(new URL(`${part}.as`, main), join(folder, `${part}.ts`)); // the compiler takes no other ending
    }
    execSync(`${COMPILER} ${name}.ts ${OPTIONS} -o out.wasm`, { cwd: folder, stdio: "inherit" });
    const wasm = readFileSync(join(folder, "out.wasm")).toString("base64");
    const script = name === "scan" ? "build-scan.mjs" : `build-${name}.mjs`;
    writeFileSync(
      new URL(`${name}.gen.ts`, main),
      `// Made by ${script} from ${name}.as.\nexport const WASM: string =\n  "${wasm}";\n`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  compile(new URL("scan.as", import.meta.url), ["scan", "grammar", "rows", "lossy"]);
}
