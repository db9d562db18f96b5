import { Float } from "../../json/value.ts";
import type { Value } from "./value.ts";

/** The number that an integer, a boolean or a float is in arithmetic. */
export function numberOf(value: Value | undefined): number | bigint | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return value instanceof Float ? value.value : undefined;
}
