import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { fakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import { writeTypes } from "../types/write-types.ts";
import { diffSchemas } from "./diff-schemas.ts";
import { inferSchemas } from "./infer-schemas.ts";

const folder = mkdtempSync(join(tmpdir(), "ferry-schema-"));
afterAll(() => rmSync(folder, { recursive: true }));

const stream = (name: string, schema: string): string => `
  - type: DeclarativeStream
    name: ${name}
    primary_key: [id]
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.example.com/${name}" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
    schema_loader:
      type: InlineSchemaLoader
      schema:${schema}`;
const manifest = `version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [orders] }
streams:${stream(
  "orders",
  `
        # The fields of an order.
        type: object
        properties:
          id: { type: integer } # a number
          status:
            # as the shop calls it
            type: string
            enum: [open, paid]
          note: { type: string }
          address:
            type: object
            properties: { street: { type: string } }
          old: { type: [string, "null"] }`,
)}${stream("empty", " { type: object, properties: {} }")}
spec: { type: Spec, connection_specification: { type: object, properties: {} } } # no config
`;
const orders = [
  {
    id: 1,
    status: "open",
    note: "x",
    address: { street: "Main", city: "Bern" },
    tags: ["a"],
    at: "2026-01-01T00:00:00Z",
  },
  { id: 2, status: "sent", note: null, address: { street: 4 }, tags: [], at: "2026-01-02T00:00:00Z" },
];
const records = join(folder, "records.jsonl");
const file = join(folder, "manifest.yaml");
const options = { target: file, stream: undefined, records, replay: undefined, config: undefined };

beforeEach(() => {
  writeFileSync(file, manifest);
  const message = { type: "RECORD", record: { stream: "empty", data: { id: "a", size: 1.5 }, emitted_at: 1 } };
  const lines = [...orders.map((data) => ({ stream: "orders", data })), { type: "LOG", log: {} }, message];
  writeFileSync(records, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
});

test("diff tells every difference by its path", async () => {
  const terminal = fakeTerminal("pipe");
  expect(await diffSchemas({ ...options, format: undefined }, terminal)).toBe(1);
  const { streams } = JSON.parse(terminal.out()) as { streams: { drift: Record<string, unknown>[] }[] };
  expect(streams[0]!.drift.map(({ path, kind, seen, count }) => [path, kind, seen, count])).toEqual([
    ["status", "enum", "sent", 1],
    ["note", "null", "null", 1],
    ["address.street", "type", "integer", 1],
    ["address.city", "undeclared", "string", 1],
    ["tags", "undeclared", "array", 2],
    ["at", "undeclared", "string", 2],
    ["old", "unseen", undefined, 0],
  ]);
});

test("diff tells people in a table, and what no record has beside it", async () => {
  const terminal = fakeTerminal("terminal");
  expect(await diffSchemas({ ...options, stream: "orders", format: undefined }, terminal)).toBe(1);
  expect(terminal.out()).toBe(
    `stream  field           difference     declared    records  times
orders  status          another value  open, paid  sent     1
orders  note            is null        string      null     1
orders  address.street  another type   string      integer  1
orders  address.city    not declared               string   1
orders  tags            not declared               array    2
orders  at              not declared               string   2
6 differences in 2 records.
`,
  );
  expect(terminal.err()).toBe("orders: no record has old.\n");
});

test("infer completes what is declared, and writes it where it stands", async () => {
  const terminal = fakeTerminal("pipe");
  expect(await inferSchemas({ ...options, format: undefined, write: true }, terminal)).toBe(0);
  const { streams } = JSON.parse(terminal.out()) as { streams: Record<string, unknown>[] };
  expect(streams[0]).toMatchObject({
    stream: "orders",
    records: 2,
    changes: ["status", "note", "address.street", "address.city", "tags", "at"],
    primary_key: [
      { field: "id", confidence: "high" },
      { field: "status", confidence: "low" },
    ],
    cursor_field: [{ field: "at" }],
  });
  const text = readFileSync(file, "utf8");
  expect(text).toContain(`      schema:
        # The fields of an order.
        type: object
        properties:
          id: { type: integer } # a number
          status:
            # as the shop calls it
            type: string
            enum: [ open, paid, sent ]
          note: { type: [ "null", string ] }
          address:
            type: object
            properties:`);
  expect(text).toContain("{ type: object, properties: {} } } # no config\n");
  const again = fakeTerminal("pipe");
  expect(await diffSchemas({ ...options, format: undefined }, again)).toBe(0);
  expect(await inferSchemas({ ...options, format: "text", write: true }, again)).toBe(0);
  expect(again.out()).toContain("Nothing is new.");
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("plain records need the name of their stream", async () => {
  writeFileSync(records, `${JSON.stringify(orders[0])}\n`);
  await expect(diffSchemas({ ...options, format: undefined }, fakeTerminal("pipe"))).rejects.toThrow(
    "records.jsonl:1 is a record of no named stream: say which by --stream.",
  );
  const terminal = fakeTerminal("pipe");
  expect(await diffSchemas({ ...options, stream: "orders", format: undefined }, terminal)).toBe(1);
});

test.each([
  [{ stream: "order" }, 'Did you mean "orders"?'],
  [{ records: "nothing.jsonl" }, "nothing.jsonl cannot be read"],
  [{ records: undefined }, "There is no cassette"],
])("%j is refused", async (change, problem) => {
  await expect(diffSchemas({ ...options, ...change, format: undefined }, fakeTerminal("pipe"))).rejects.toThrow(
    problem,
  );
});

test("types of what is declared, as declarations and for zod", async () => {
  const terminal = fakeTerminal("pipe");
  const given = {
    target: file,
    out: undefined,
    only: undefined,
    stream: undefined,
    replay: undefined,
    config: undefined,
  };
  expect(await writeTypes(given, terminal)).toBe(0);
  expect(terminal.out()).toContain(`export interface Orders {
  id: number;
  status?: ("open" | "paid");
  note?: string;
  address?: {
    street?: string;
    [k: string]: unknown;
  };
  old?: (string | null);
  [k: string]: unknown;
}
`);
  expect(terminal.out()).toContain(`export const Orders = z.looseObject({
  id: z.number().int(),
  status: z.enum(["open","paid"]).optional(),
  note: z.string().optional(),
  address: z.looseObject({
    street: z.string().optional(),
  }).optional(),
  old: z.string().nullable().optional(),
});
export type Orders = z.infer<typeof Orders>;
`);
  expect(terminal.err()).toContain("empty: it declares no fields");
});
