import { expect, test } from "vitest";
import { component, type Component } from "../component.ts";
import { bearerAuthenticator } from "../components/authenticators/bearer-authenticator.ts";
import { set, type Json, type JsonObject } from "../json/value.ts";
import { valueRows } from "../json/rows/value-rows.ts";
import { buildComponent } from "./build-component.ts";
import { checkContract } from "./check-contract.ts";
import { json } from "./replies.ts";
import { respond } from "./respond.ts";

const marking: Component<"transformation"> = component({
  kind: "transformation",
  type: "Marking",
  schema: (_, z) => z.object({ mark: z.string().default("{{ parameters['m'] }}") }),
  create({ mark }, scope) {
    const text = scope.text(mark);
    scope.run.log("WARN", `marks with ${mark}`);
    return (record) => set(record, "mark", text({}));
  },
});
const first: Component<"extractor"> = component({
  kind: "extractor",
  type: "First",
  schema: (slot, z) => z.object({ of: slot("extractor"), count: z.number() }),
  create({ of, count }, scope) {
    const all = scope.build(of);
    return async function* (response) {
      for await (const batch of all(response)) {
        yield valueRows(Array.from({ length: Math.min(count, batch.length) }, (_, index) => batch.value(index)));
        return;
      }
    };
  },
});

test("a component is built with its fields, defaults, parameters and children", async () => {
  const { role, logs } = await buildComponent(marking, {}, { parameters: { m: "x" } });
  const record = {};
  role(record, {});
  expect([record, logs]).toEqual([{ mark: "x" }, ["WARN marks with {{ parameters['m'] }}"]]);

  const of = { type: "DpathExtractor", field_path: ["data"] };
  const { role: extract } = await buildComponent(first, { of, count: 1 });
  const records: Json[] = [];
  for await (const batch of extract(respond(json({ data: [{ id: 1 }, { id: 2 }] })))) records.push(batch.value(0));
  expect(records).toEqual([{ id: 1 }]);
  await checkContract("extractor", extract, [() => respond(json({ data: [{ id: 1 }] })), () => respond(json(1))]);
});

test("fields that its schema does not take are named", async () => {
  await expect(buildComponent(first, { count: "x" })).rejects.toThrow(/First cannot be built:[\s\S]*count/);
});

test("one of the language's own keeps its contract too", async () => {
  const { role } = await buildComponent(bearerAuthenticator, { api_token: "t" });
  await checkContract("authenticator", role, [{ method: "GET", url: "http://127.0.0.1/", headers: { A: "b" } }]);
});

const slice = { partition: {}, interval: {}, extra: {} };
let calls = 0;
const broken: [kind: string, run: () => Promise<void>, problem: RegExp][] = [
  ["no examples", () => checkContract("transformation", () => undefined, []), /give one at least/],
  [
    "a counting transformation",
    () => checkContract("transformation", (record) => set(record, "n", calls++), [{}]),
    /on example 0: it makes two things of one record/,
  ],
  [
    "a filter that changes",
    () =>
      checkContract(
        "recordFilter",
        (record) => {
          set(record as JsonObject, "a", 1);
          return true;
        },
        [{}],
      ),
    /it changes the record/,
  ],
  ["a migration without end", () => checkContract("stateMigration", (state) => ({ state }), [{}]), /migrated before/],
  [
    "an endless wait",
    () => checkContract("backoffStrategy", async () => Infinity, [respond(json(1))]),
    /waits Infinity seconds/,
  ],
  [
    "a plain error",
    () => checkContract("validationStrategy", () => Promise.reject(new Error("x")), [1]),
    /use configError/,
  ],
  [
    "a router that runs dry",
    () =>
      checkContract(
        "partitionRouter",
        {
          async *partitions() {
            if (calls++ % 2 === 0) yield { partition: {}, extra: {} };
          },
          options: () => ({}),
          parents: [],
          state: () => undefined,
        },
        [{ slice, token: undefined }],
      ),
    /other partitions the second time/,
  ],
  [
    "a strategy that counts",
    () =>
      checkContract("paginationStrategy", { pageSize: undefined, first: undefined, next: async () => calls++ }, [
        { page: { response: respond(json(1)), slice, extracted: 0, selected: 0, last: undefined }, token: 1 },
      ]),
    /the page loop keeps the token/,
  ],
];
test.each(broken)("%s breaks its contract", async (_, run, problem) => {
  await expect(run()).rejects.toThrow(problem);
});
