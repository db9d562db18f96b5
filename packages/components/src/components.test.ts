import type { JsonObject, Json } from "ferry-cdk";
import { buildComponent, checkContract } from "ferry-cdk/testing";
import { expect, test } from "vitest";
import { configOrParentRouter } from "./config-or-parent-router.ts";
import { datetimesToRfc3339 } from "./datetimes-to-rfc3339.ts";

// What the reference's `ab_datetime_parse(value).to_datetime().isoformat()` gives, as the Python classes call it.
const times: [value: Json, expected: Json][] = [
  ["2026-01-02 03:04:05", "2026-01-02T03:04:05+00:00"],
  ["2026-01-02 03:04:05.678901", "2026-01-02T03:04:05.678901+00:00"],
  ["2026-01-02T03:04:05+0200", "2026-01-02T03:04:05+02:00"],
  ["2026-01-02", "2026-01-02T00:00:00+00:00"],
  [1767323045, "2026-01-02T03:04:05+00:00"],
  ["1767323045", "2026-01-02T03:04:05+00:00"],
  ["2026-01-02T03:04:05.5Z", "2026-01-02T03:04:05.500000+00:00"],
  [null, null],
  ["", ""],
];
test.each(times)("the time %j becomes %j", async (value, expected) => {
  const { role } = await buildComponent(datetimesToRfc3339, { fields: ["at"] });
  const record: JsonObject = { at: value, other: value };
  role(record, {});
  expect(record).toEqual({ at: expected, other: value });
});

test("a value that is no time fails, or is kept", async () => {
  const { role } = await buildComponent(datetimesToRfc3339, { fields: ["at"] });
  expect(() => role({ at: "nope" }, {})).toThrow('at should be a time, and is "nope"');
  const { role: keeping } = await buildComponent(datetimesToRfc3339, { on_error: "keep" });
  const record = { at: "2026-13-01", n: 5, items: [{ at: "2026-01-02" }] };
  keeping(record, {});
  expect(record).toEqual({ at: "2026-13-01", n: 5, items: [{ at: "2026-01-02T00:00:00+00:00" }] });
  await checkContract("transformation", keeping, [{ at: "2026-01-02" }, {}]);
});

test("partitions are those of the config", async () => {
  const fields = { values: "{{ config['ids'] }}", cursor_field: "id", parent_stream_configs: [] };
  const { role } = await buildComponent(configOrParentRouter, fields, { config: { ids: [1, "b"] } });
  const partitions: Json[] = [];
  for await (const { partition } of role.partitions()) partitions.push(partition);
  expect(partitions).toEqual([{ id: 1 }, { id: "b" }]);
  await checkContract("partitionRouter", role, [
    { slice: { partition: {}, interval: {}, extra: {} }, token: undefined },
  ]);
});
