import {
  component,
  get,
  isObject,
  isoformat,
  keys,
  set,
  systemError,
  tryParseAnyDatetime,
  type Component,
  type JsonObject,
} from "ferry-cdk";

/**
 * Brings times into one form: `2026-01-02 03:04:05`, `2026-01-02` or the seconds since 1970 become
 * `2026-01-02T03:04:05+00:00`. Empty values are left alone.
 */
export const datetimesToRfc3339: Component<"transformation"> = component({
  kind: "transformation",
  type: "DatetimesToRfc3339",
  description: "Brings times of records into one form.",
  schema: (_, z) =>
    z.object({
      fields: z
        .array(z.string())
        .optional()
        .describe("The fields that hold a time; those of each object in a list too."),
      on_error: z.enum(["fail", "keep"]).default("fail").describe("What becomes of a value that is no time."),
    }),
  create({ fields, on_error }, { stream }) {
    const wanted = fields && new Set(fields);
    return function transform(record: JsonObject): void {
      for (const name of keys(record)) {
        const value = get(record, name) ?? null;
        if (Array.isArray(value)) value.filter(isObject).forEach(transform);
        if (value === null || value === "" || value === 0 || (wanted !== undefined && !wanted.has(name))) continue;
        if (wanted === undefined && (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}/.test(value))) continue;
        const moment = tryParseAnyDatetime(value);
        if (moment !== undefined) set(record, name, isoformat(moment));
        else if (on_error === "fail") {
          throw systemError(`Stream ${stream.name}: ${name} should be a time, and is ${JSON.stringify(value)}.`, {
            stream: stream.name,
          });
        }
      }
    };
  },
});
