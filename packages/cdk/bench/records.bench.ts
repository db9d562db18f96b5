import { bench, describe } from "vitest";
import { removeAt } from "../src/components/shared/dpath/remove.ts";
import { setAt } from "../src/components/shared/dpath/set.ts";
import { renamed } from "../src/components/transformations/shared/renamed.ts";
import { parseJson } from "../src/json/parse.ts";
import { printRow } from "../src/json/print.ts";
import { createRows } from "../src/json/rows/create-rows.ts";
import type { JsonObject } from "../src/json/value.ts";
import { csvBatches } from "../src/csv/csv-batches.ts";
import { dictTable } from "../src/csv/csv-records.ts";

const row = (id: number): JsonObject => ({
  id,
  name: `Customer ${id}`,
  email: `user${id}@example.com`,
  active: id % 3 === 0,
  score: 12.5,
  deletedAt: null,
  createdAt: "2024-01-01T00:00:00Z",
  owner: { firstName: "Ada", lastName: "Lovelace" },
  tags: ["alpha", "bravo"],
});
const text = JSON.stringify(row(7));
const page = Buffer.from(JSON.stringify({ data: Array.from({ length: 1000 }, (_, id) => row(id)), next: null }));
const csv = Buffer.from(
  `id,name,email\n${Array.from({ length: 1000 }, (_, id) => `${id},"Name, ${id}",a@b\n`).join("")}`,
);

describe("a record", () => {
  bench("parse", () => void parseJson(text));
  bench("parse and print", () => void printRow(parseJson(text)));
  bench("parse, add a field, remove one, rename keys, print", () => {
    const record = parseJson(text) as JsonObject;
    setAt(record, ["owner", "fullName"], "Ada Lovelace");
    removeAt(record, [["tags"]]);
    printRow(renamed(record, (key) => key.toLowerCase()));
  });
});

describe("a page of 1,000 records", () => {
  bench("JSON, found in the bytes", () => {
    const reader = createRows({ path: ["data"], fields: ["id"] });
    let count = 0;
    for (const batch of reader.push(page)) count += batch.length;
    for (const batch of reader.end()) count += batch.length;
    if (count !== 1000) throw new Error(`${count} records`);
  });
  bench("JSON, parsed", () => void parseJson(page.toString()));
  bench("CSV", async () => {
    async function* body(): AsyncGenerator<Uint8Array> {
      yield csv;
    }
    let count = 0;
    for await (const batch of csvBatches(body(), { delimiter: ",", table: dictTable(), nulls: [] }))
      count += batch.length;
    if (count !== 1000) throw new Error(`${count} records`);
  });
});
