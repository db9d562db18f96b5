import { expect, test } from "vitest";
import type { Json } from "../json/value.ts";
import { createFormatInference } from "./infer-formats.ts";

// Made by the reference's inferrer of datetime formats.
test.each<[Json[], string | undefined]>([
  [["2024-01-05"], "%Y-%m-%d"],
  [["2024-01-05 10:11:12"], "%Y-%m-%d %H:%M:%S"],
  [["2024-01-05T10:11:12Z"], "%Y-%m-%dT%H:%M:%SZ"],
  [["2024-01-05T10:11:12.5Z"], "%Y-%m-%dT%H:%M:%S.%fZ"],
  [["2024-01-05T10:11:12.123+02:00"], "%Y-%m-%dT%H:%M:%S.%f%z"],
  [["05/01/2024 10:11"], "%d/%m/%Y %H:%M"],
  [["2024-01"], "%Y-%m"],
  [["05-01-2024"], "%d-%m-%Y"],
  [[1700000000], "%s"],
  [["1700000000"], "%s"],
  [[1700000000000], "%ms"],
  [[999999999], undefined],
  [[true], undefined],
  [[null], undefined],
  [["soon"], undefined],
  [["2024-01-05", "2024-02-06"], "%Y-%m-%d"],
  [["2024-01-05", "2024-02-06T00:00:00Z"], undefined],
  [["2024-01-05", null], undefined],
  [[null, "2024-01-05"], undefined],
])("%j are %s", (values, format) => {
  const inference = createFormatInference();
  for (const at of values) inference.add({ at });
  expect(inference.formats()).toEqual(format === undefined ? {} : { at: format });
});
