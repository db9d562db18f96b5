// Measures whether a read costs the same for each record, and the same memory, however many there are.
//   node packages/cdk/bench/growth.mjs [--only pages,lines] [--rows 50000,500000,5000000] [--ferry FILE]
// Runs Ferry by the Node that runs this. Needs `npm run build` and Linux. Prints a table in Markdown.
import { fork, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { manifest, paginator, requester, selector } from "./scenarios.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    rows: { type: "string", default: "50000,500000,5000000" },
    ferry: { type: "string", default: here("../bin/source-declarative-manifest.mjs") },
  },
});

const rows = { rows: "{{ config['rows'] }}" };
const changes = {
  transformations: [
    { type: "AddFields", fields: [{ path: ["owner"], value: "{{ record['ownerData']['firstName'] }}" }] },
    { type: "RemoveFields", field_pointers: [["note"]] },
    { type: "KeysToSnakeCase" },
  ],
};
const READS = {
  pages: manifest({ requester: requester("/pages", rows), record_selector: selector(["data"]), paginator }),
  document: manifest({ requester: requester("/document", rows), record_selector: selector(["data"]) }),
  changed: manifest({ requester: requester("/document", rows), record_selector: selector(["data"]) }, changes),
  lines: manifest({
    requester: requester("/lines", rows),
    record_selector: selector([]),
    decoder: { type: "JsonlDecoder" },
  }),
  csv: manifest({ requester: requester("/csv", rows), record_selector: selector([]), decoder: { type: "CsvDecoder" } }),
  job: manifest({
    type: "AsyncRetriever",
    creation_requester: { ...requester("/jobs"), http_method: "POST" },
    polling_requester: requester("/jobs/1", rows),
    download_requester: { ...requester(""), url_base: "{{ download_target }}" },
    status_extractor: { type: "DpathExtractor", field_path: ["status"] },
    download_target_extractor: { type: "DpathExtractor", field_path: ["url"] },
    status_mapping: {
      type: "AsyncJobStatusMap",
      running: ["queued"],
      completed: ["done"],
      failed: ["bad"],
      timeout: ["late"],
    },
    download_extractor: { type: "ResponseToFileExtractor" },
    record_selector: selector([]),
  }),
};

const folder = mkdtempSync(join(tmpdir(), "ferry-growth-"));
const server = fork(here("growth-server.mjs"));
process.on("exit", () => {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
});
const port = await new Promise((resolve) => server.once("message", resolve));

/** CPU seconds, megabytes at the peak, and seconds until the first record. Fails where a record is missing. */
async function measure(name, count) {
  const write = (file, value) => {
    const path = join(folder, file);
    writeFileSync(path, JSON.stringify(value));
    return path;
  };
  const stream = { name: "records", json_schema: {}, supported_sync_modes: ["full_refresh"] };
  const configured = { stream, sync_mode: "full_refresh", destination_sync_mode: "append" };
  const inputs = [
    ...["--config", write("config.json", { base_url: `http://127.0.0.1:${port}`, rows: count })],
    ...["--catalog", write("catalog.json", { streams: [configured] })],
    ...["--manifest-path", write("manifest.json", READS[name])],
  ];
  const taken = join(folder, "taken");
  const command = [process.execPath, options.ferry, "read", ...inputs];
  const begun = performance.now();
  const child = spawn("/usr/bin/time", ["-f", "%U %S %M", "-o", taken, ...command], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let first;
  let seen = 0;
  let rest = "";
  child.stdout.on("data", (part) => {
    const text = rest + part.latin1Slice();
    const end = text.lastIndexOf("\n") + 1;
    for (let at = 0; (at = text.indexOf('{"type":"RECORD"', at)) >= 0 && at < end; at++) seen++;
    rest = text.slice(end);
    if (seen > 0) first ??= (performance.now() - begun) / 1000;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0 || seen !== count) throw new Error(`${name}: exit ${code}, ${seen} of ${count} records`);
  const [user, system, peak] = readFileSync(taken, "utf8").trim().split("\n").at(-1).split(" ").map(Number);
  return { cpu: user + system, peak: peak / 1024, first };
}

console.log(`Node ${process.version}\n`);
console.log("| read | records | CPU s | µs a record, without the start | peak MB | first record s |");
console.log("| --- | ---: | ---: | ---: | ---: | ---: |");
for (const name of Object.keys(READS).filter((each) => (options.only ?? each).split(",").includes(each))) {
  const start = await measure(name, 1);
  for (const count of options.rows.split(",").map(Number)) {
    const { cpu, peak, first } = await measure(name, count);
    const each = ((cpu - start.cpu) / count) * 1e6;
    const cells = [
      name,
      count.toLocaleString("en"),
      cpu.toFixed(2),
      each.toFixed(2),
      peak.toFixed(0),
      first.toFixed(2),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}
server.kill(); // a child that lives would hold this process
