// Measures what a read costs, whole processes from start to end: Ferry, beside other programs that read the same.
//   node packages/cdk/bench/compare.mjs [--reference VENV] [--pyairbyte VENV] [--only pages,csv] [--runs 3] [--ferry FILE]
// --reference: a virtual environment with airbyte-cdk; --pyairbyte: one with airbyte. Prints a table in Markdown. Needs
// `npm run build`, Linux or macOS, and nothing else. User and system time are those of the process and its children.
import { fork, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SCENARIOS } from "./scenarios.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values: options } = parseArgs({
  options: {
    reference: { type: "string" },
    pyairbyte: { type: "string" },
    only: { type: "string" },
    runs: { type: "string", default: "3" },
    ferry: { type: "string", default: here("../bin/source-declarative-manifest.mjs") },
  },
});
const runs = Number(options.runs);
const ferry = `${process.execPath} ${options.ferry}`;
const own = `${process.execPath} ${here("programs/hand-written.mjs")}`;
const programs = [
  ["Ferry", ferry],
  ["floor: one thread, no connector", `${own} --floor`],
  ["hand-written: fetch, JSON.parse, stdout", own],
  ...(options.reference ? [["airbyte-cdk", `${options.reference}/bin/source-declarative-manifest`]] : []),
  ...(options.pyairbyte
    ? [["PyAirbyte calling Ferry", `${options.pyairbyte}/bin/python ${here("programs/pyairbyte.py")} "${ferry}"`]]
    : []),
  ...(options.pyairbyte && options.reference
    ? [
        [
          "PyAirbyte calling airbyte-cdk",
          `${options.pyairbyte}/bin/python ${here("programs/pyairbyte.py")} ${options.reference}/bin/source-declarative-manifest`,
        ],
      ]
    : []),
];

const time = ["/usr/bin/time", "/bin/time"].find((path) => process.platform === "linux" && existsSync(path));
const folder = mkdtempSync(join(tmpdir(), "ferry-bench-"));
const server = fork(here("server.mjs"));
process.on("exit", () => {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
});
const port = await new Promise((resolve) => server.once("message", resolve));

/** CPU seconds, and megabytes at the peak where GNU time is there to tell. Fails where a record is missing. */
async function measure(command, { name, records }, files) {
  const inputs = `read --config ${files.config} --catalog ${files.catalog} --manifest-path ${files.manifest}`;
  const taken = join(folder, "taken");
  const line = time
    ? `exec ${time} -f "%U %S %M" -o ${taken} ${command} ${inputs}`
    : `${command} ${inputs}; code=$?; times | tail -n 1 > ${taken}; exit $code`;
  const child = spawn("sh", ["-c", line], { stdio: ["ignore", "pipe", "pipe"] });
  let seen = 0;
  let rest = "";
  let said = "";
  child.stderr.on("data", (part) => (said = `${said}${part}`.slice(-2000)));
  child.stdout.setEncoding("latin1").on("data", (part) => {
    const lines = (rest + part).split("\n");
    rest = lines.pop();
    for (const each of lines) if (/^\{"type": ?"RECORD"/.test(each)) seen++;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0 || seen !== records)
    throw new Error(`${name}: exit ${code}, ${seen} of ${records} records\n${command}\n${said}`);
  const text = readFileSync(taken, "utf8").trim();
  if (!time)
    return { cpu: [...text.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + 60 * m + Number(s), 0) };
  const [user, system, peak] = text.split("\n").at(-1).split(" ").map(Number);
  return { cpu: user + system, peak: peak / 1024 };
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const rounded = (value) => (value === undefined || Number.isNaN(value) ? "-" : value.toPrecision(value >= 100 ? 3 : 2));
const wanted = SCENARIOS.filter(({ name }) => options.only === undefined || options.only.split(",").includes(name));

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}; medians of ${runs} runs, in turn.\n`,
);
console.log("| read | program | CPU s | × floor | peak MB |\n| --- | --- | ---: | ---: | ---: |");
let load = 0;
for (const scenario of wanted) {
  const files = Object.fromEntries(
    ["config", "catalog", "manifest"].map((name) => [name, join(folder, `${name}.json`)]),
  );
  writeFileSync(files.manifest, JSON.stringify(scenario.manifest));
  const config = { base_url: `http://127.0.0.1:${port}`, scenario: scenario.name, ...scenario.config };
  writeFileSync(files.config, JSON.stringify(config));
  const stream = { name: "records", json_schema: {}, supported_sync_modes: ["full_refresh", "incremental"] };
  const sync_mode = scenario.incremental === true ? "incremental" : "full_refresh";
  writeFileSync(files.catalog, JSON.stringify({ streams: [{ stream, sync_mode, destination_sync_mode: "append" }] }));
  const results = programs.map(() => []);
  for (let run = -1; run < runs; run++) {
    for (const [index, [, command]] of programs.entries()) {
      const result = await measure(command, scenario, files);
      if (run >= 0) results[index].push(result); // the first one warms the caches up
    }
  }
  const floor = median(results[1].map(({ cpu }) => cpu));
  for (const [index, [title]] of programs.entries()) {
    const cpu = median(results[index].map((each) => each.cpu));
    const peak = median(results[index].map((each) => each.peak));
    console.log(
      `| ${index === 0 ? scenario.title : ""} | ${title} | ${rounded(cpu)} | ${rounded(cpu / floor)} | ${rounded(peak)} |`,
    );
  }
  load = Math.max(load, loadavg()[0]);
}
console.log(`\nLoad of the machine while it was measured: up to ${load.toFixed(1)} on ${cpus().length} processors.`);
