import type { ConfigCell, Run } from "../component.ts";
import { compileString } from "../interpolation/string.ts";
import { str } from "../json/python-text.ts";
import { get, type JsonObject } from "../json/value.ts";

/** How many jobs of asynchronous APIs may run at once; 1 where `max_concurrent_async_job_count` says nothing of use. */
export function jobLimit(manifest: JsonObject, config: ConfigCell, log: Run["log"]): number {
  const given = get(manifest, "max_concurrent_async_job_count");
  if (given === undefined || given === null) return 1;
  const value = typeof given === "string" ? compileString(given, { parameters: {} })({ config: config.get() }) : given;
  const count = typeof value === "number" ? value : /^\s*\d+\s*$/.test(String(value)) ? Number(value) : Number.NaN;
  if (Number.isInteger(count) && count >= 1) return count;
  log(
    "WARN",
    `max_concurrent_async_job_count comes to ${value === undefined ? "nothing" : str(value)}, which is no number of jobs: ` +
      `one runs at a time.`,
  );
  return 1;
}
