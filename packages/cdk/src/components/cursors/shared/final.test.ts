import { expect, test } from "vitest";
import type { PartitionRouter, Slice } from "../../../roles.ts";
import { finalCursor } from "./final.ts";

const router: PartitionRouter = {
  async *partitions() {
    yield { partition: { id: 1 }, extra: { name: "one" } };
    yield { partition: { id: 2 }, extra: {} };
  },
  options: () => ({}),
  parents: [],
  state: () => undefined,
};

test.each<[string, PartitionRouter | undefined, Slice[]]>([
  ["one slice without a router", undefined, [{ partition: {}, interval: {}, extra: {} }]],
  [
    "one for each partition",
    router,
    [
      { partition: { id: 1 }, interval: {}, extra: { name: "one" } },
      { partition: { id: 2 }, interval: {}, extra: {} },
    ],
  ],
])("%s, and one state at the end", async (_, given, expected) => {
  const cursor = finalCursor(given);
  const slices: Slice[] = [];
  for await (const slice of cursor.slices()) {
    slices.push(slice);
    expect(cursor.close(slice)).toBeUndefined();
  }
  expect(slices).toEqual(expected);
  expect(cursor.finish()).toEqual({ __ab_no_cursor_state_message: true });
});

test("only its own state says that all was read until now", () => {
  const cursor = finalCursor(undefined);
  expect(cursor.until({ __ab_no_cursor_state_message: true })?.millis).toBeGreaterThan(0);
  expect(cursor.until({ updated_at: "2024-01-01" })).toBeUndefined();
});
