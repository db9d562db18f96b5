// Compiles scan.as and its parts to WebAssembly and writes it to scan.gen.ts as text, so that a bundle needs no file beside it.
// Needed after a change of them only: node packages/cdk/src/json/scan/build-scan.mjs   (ASC: another compiler command)
import { execSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const COMPILER = process.env["ASC"] ?? "npx --yes --package assemblyscript@0.28.20 asc";
const OPTIONS = "-O3 --runtime stub --enable simd --noAssert --initialMemory 40";

const folder = mkdtempSync(join(tmpdir(), "scan-"));
try {
  for (const part of ["scan", "grammar", "rows", "lossy"]) {
    copyFileSync(new URL(`${part}.as`, import.meta.url), join(folder, `${part}.ts`)); // the compiler takes no other ending
  }
  execSync(`${COMPILER} scan.ts ${OPTIONS} -o scan.wasm`, { cwd: folder, stdio: "inherit" });
  const wasm = readFileSync(join(folder, "scan.wasm")).toString("base64");
  writeFileSync(
    new URL("scan.gen.ts", import.meta.url),
    `// Made by build-scan.mjs from scan.as.\nexport const WASM: string =\n  "${wasm}";\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
