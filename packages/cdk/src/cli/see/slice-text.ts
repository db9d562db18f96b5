import type { RequestOrigin } from "../../http/types.ts";
import { printJson } from "../../json/print.ts";
import { entries, type JsonObject } from "../../json/value.ts";

/** A slice as one can tell it from others. */
export function sliceText({ partition, interval }: RequestOrigin["slice"]): string {
  const parts = [...valuesOf(partition), ...valuesOf(interval)];
  return parts.length === 0 ? "(all)" : `(${parts.join(", ")})`;
}

const valuesOf = (values: JsonObject): string[] =>
  entries(values)
    .filter(([, value]) => printJson(value) !== "{}") // a partition without partitions above it
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : printJson(value)}`);
