import { json, startServer, type ConnectorRun, type Route } from "ferry-cdk/testing";
import { expect, test } from "vitest";
import { config, run } from "./run-api.ts";

const day = (number: number): string => `2026-01-${String(number).padStart(2, "0")}T00:00:00Z`;
const items = [1, 2, 3, 4].map((id) => ({ id, updated_at: day(id) }));
const added = { id: 5, updated_at: day(5) };

const ids = (result: ConnectorRun): unknown[] => result.records("items").map((record) => record["id"]);
const states = (result: ConnectorRun): unknown[] => result.of("STATE").map(({ state }) => state.stream?.stream_state);
const lastState = (result: ConnectorRun): unknown[] =>
  result
    .of("STATE")
    .map(({ state }) => state)
    .slice(-1);

/** Gives what was updated since, also what is older where nothing is asked for. */
function api(list: readonly { updated_at: string }[]): Readonly<Record<string, Route>> {
  return { "/items": ({ query }) => json(list.filter((item) => item.updated_at >= (query.get("since") ?? ""))) };
}

const table: [string, object, object, string[], unknown[], unknown[]][] = [
  ["the API filters", { cursor_param: "since" }, { start_date: day(2) }, [day(2), day(4)], [2, 3, 4], [4, 5]],
  [
    "a start date without time",
    { cursor_param: "since" },
    { start_date: "2026-01-03" },
    [day(3), day(4)],
    [3, 4],
    [4, 5],
  ],
  ["without a start date", { cursor_param: "since" }, {}, ["1970-01-01T00:00:00Z", day(4)], [1, 2, 3, 4], [4, 5]],
  [
    "with a lookback window",
    { cursor_param: "since", lookback_window: "P2D" },
    { start_date: day(1) },
    [day(1), day(2)],
    [1, 2, 3, 4],
    [2, 3, 4, 5],
  ],
  ["old records are dropped here", {}, { start_date: day(2) }, [], [2, 3, 4], [4, 5]],
];
test.concurrent.each(table)("incremental: %s", async (_, endpoint, more, asked, first, second) => {
  const incremental = { cursor_field: "updated_at", primary_key: ["id"], ...endpoint };
  const list = [...items];
  await using server = await startServer(api(list));
  const given = config(server.url, incremental, more);
  const one = await run("incremental", given);
  expect(ids(one)).toEqual(first);
  expect(states(one).at(-1)).toEqual({ updated_at: day(4) });

  list.push(added);
  const two = await run("incremental", given, lastState(one));
  expect(ids(two)).toEqual(second);
  expect(states(two).at(-1)).toEqual({ updated_at: day(5) });
  expect(server.requests.flatMap(({ query }) => query.get("since") ?? [])).toEqual(asked);
});

test.concurrent.each([
  ["seconds since 1970", "%s", [1767225600, 1767312000], "1767312000"],
  ["milliseconds since 1970", "%ms", [1767225600000, 1767312000000], "1767312000000"],
  ["dates", "%Y-%m-%d", ["2026-01-01", "2026-01-02"], "2026-01-02"],
  ["another order", "%d/%m/%Y", ["01/01/2026", "02/01/2026"], "02/01/2026"],
  ["fractions", undefined, ["2026-01-01T00:00:00.500Z", "2026-01-02T00:00:00.123456+00:00"], day(2)],
  ["offsets", "%Y-%m-%dT%H:%M:%S%z", ["2026-01-02T01:00:00+02:00", "2026-01-02T00:00:00Z"], "2026-01-02T00:00:00+0000"],
  [
    "offsets that no format reads",
    undefined,
    ["2026-01-02T01:00:00+02:00", "2026-01-03T01:00:00+02:00"],
    "1970-01-01T00:00:00Z",
  ],
])("times as %s", async (_, cursor_format, times, state) => {
  await using server = await startServer(() => json(times.map((at, id) => ({ id, at }))));
  const format = cursor_format === undefined ? {} : { cursor_format };
  const result = await run("incremental", config(server.url, { cursor_field: "at", cursor_param: "since", ...format }));
  expect(ids(result)).toEqual([0, 1]);
  expect(states(result).at(-1)).toEqual({ at: state });
});

test("in the catalog, a stream with a cursor field is incremental, one without is not", async () => {
  await using server = await startServer(api(items));
  const endpoint = { cursor_field: "updated_at", primary_key: ["id"] };
  const result = await run("discover", config(server.url, endpoint));
  const plain = await run("discover", config(server.url));
  const described = [result, plain].flatMap((one) => one.of("CATALOG").flatMap(({ catalog }) => catalog.streams));
  expect(described).toEqual([
    expect.objectContaining({
      supported_sync_modes: ["full_refresh", "incremental"],
      source_defined_cursor: true,
      default_cursor_field: ["updated_at"],
      source_defined_primary_key: [["id"]],
    }),
    expect.objectContaining({ supported_sync_modes: ["full_refresh"] }),
  ]);
});
