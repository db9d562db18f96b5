import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printJson } from "ferry-cdk";
import { configured, runConnector } from "ferry-cdk/testing";
import { expect, test } from "vitest";
import { openOut } from "../packages/cdk/src/cli/out/open-out.ts";
import { parseJson } from "../packages/cdk/src/json/parse.ts";
import { valueRows } from "../packages/cdk/src/json/rows/value-rows.ts";
import { csvFile } from "../packages/source-csv/src/source.ts";

const schema = {
  type: "object",
  properties: {
    id: { type: "integer" },
    big: { type: "integer" },
    number: { type: "number" },
    flag: { type: "boolean" },
    text: { type: "string" },
    day: { type: "string", format: "date" },
    at: { type: "string", format: "date-time" },
    nested: { type: "object" },
    nothing: { type: ["null", "string"] },
  },
};
const records = [
  `{"id":-9223372036854775808,"big":123456789012345678901234567890,"number":0.1,"flag":true,"text":"é \\u0001 \\u2028",
    "day":"2026-02-28","at":"2026-01-01T00:00:00.123456+02:00","nested":{"n":[12345678901234567890,1.0]}}`,
  `{"id":9223372036854775807,"big":-1,"number":-3,"flag":false,"text":"","day":"1969-12-31","at":"1969-12-31T23:59:59Z","nested":[]}`,
  `{"text":"only a text"}`,
];

/** What `source-csv` makes of the file that `ferry read --out` wrote. DuckDB was tried by hand: see docs/cli.md. */
test("records that went into a Parquet file come out of it the same", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ferry-parquet-"));
  try {
    const stream = { name: "rows", json_schema: schema, supported_sync_modes: ["full_refresh" as const] };
    const catalog = {
      streams: [{ stream, sync_mode: "full_refresh" as const, destination_sync_mode: "append" as const }],
    };
    const out = openOut(join(folder, "rows.parquet"), undefined, catalog);
    out.write({ stream: "rows", batch: valueRows(records.map((text) => parseJson(text))) });
    const path = await out.finish("rows");
    const run = await runConnector(csvFile, ["read"], {
      config: { dataset_name: "rows", format: "parquet", url: path, provider: { storage: "local" } },
      catalog: configured("rows"),
    });
    expect(run.records("rows").map((record) => printJson(record))).toEqual([
      // Its reader makes doubles of decimals; in the file they are exact.
      '{"id":-9223372036854775808,"big":1.2345678901234568e+29,"number":0.1,"flag":true,"text":"é \\u0001 \u2028",' +
        '"day":"2026-02-28","at":"2025-12-31T22:00:00.123456Z","nested":{"n":[12345678901234567890,1.0]}}',
      '{"id":9223372036854775807,"big":-1.0,"number":-3.0,"flag":false,"text":"","day":"1969-12-31",' +
        '"at":"1969-12-31T23:59:59Z","nested":[]}',
      '{"text":"only a text"}',
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
