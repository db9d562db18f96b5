import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import { compare } from "../../json/compare.ts";
import { numeric } from "../../json/equal.ts";
import { str } from "../../json/python-text.ts";
import { Float, integer, type Json } from "../../json/value.ts";
import type { CursorFactory } from "../../roles.ts";
import { cursorFieldOf } from "./shared/cursor-field.ts";
import { intervalOptions } from "./shared/interval-options.ts";
import type { Scale } from "./shared/scale.ts";
import { streamCursor } from "./shared/stream-cursor.ts";
import { buildOption } from "../shared/build-option.ts";

export const incrementingCountCursor: Component<"cursor"> = component({
  kind: "cursor",
  type: "IncrementingCountCursor",
  description: "Reads only what is new by a number of the records that never falls.",
  schema: (slot, z) =>
    z.object({
      cursor_field: z.string().describe("The top-level field of a record that counts up. May see: config, parameters."),
      start_value: z
        .union([z.string(), z.int()])
        .optional()
        .describe("The count to start from; 0 when left out. May see: config, parameters."),
      start_value_option: slot("requestOption", ["RequestOption"])
        .optional()
        .describe("Where the count to start from goes in a request."),
      allow_catalog_defined_cursor_field: z
        .boolean()
        .optional()
        .describe("Whether the user may choose another cursor field in the catalog."),
    }),
  create(spec, scope): CursorFactory {
    const { stream, run } = scope;
    const name = cursorFieldOf(spec, scope);
    const start =
      spec.start_value === undefined
        ? 0
        : wholeNumber(scope.template(String(spec.start_value))({}) ?? null, stream.name);
    return {
      cursorField: name,
      catalogDefined: spec.allow_catalog_defined_cursor_field ?? false,
      fields: [name],
      clientSide: false,
      dataFeed: false,
      options: intervalOptions([
        {
          border: "start",
          option: spec.start_value_option && buildOption(spec.start_value_option, scope, scope.parameters),
        },
      ]),
      create(state, router) {
        if (router !== undefined) {
          throw systemError(
            `Stream ${stream.name}: an IncrementingCountCursor cannot be used together with a partition router. Use a ` +
              `DatetimeBasedCursor, or leave the partition router out.`,
            { stream: stream.name },
          );
        }
        return streamCursor(
          {
            stream: stream.name,
            name,
            scale: counts,
            log: (level, message) => run.log(level, message),
            borders: ["start", "end"],
            readToBorder: false,
            range: { start, end: () => unbounded, clamp: (count) => count, strict: false },
          },
          state,
        );
      },
    };
  },
});

const unbounded = new Float(Infinity);

/** Numbers as they stand in records. */
const counts: Scale<Json> = {
  read: (value) => (numeric(value) === undefined ? undefined : value),
  write: (count) => count,
  compare: (left, right) => compare(left, right),
  isSet: (count) => numeric(count) !== 0,
  next: (count) => {
    const value = numeric(count);
    return typeof value === "bigint" || Number.isInteger(value) ? integer(BigInt(value!) + 1n) : (value ?? 0) + 1;
  },
};

function wholeNumber(value: Json, stream: string): number | bigint {
  const text = str(value).trim();
  const number = numeric(value);
  if (/^[+-]?\d+$/.test(text)) return integer(BigInt(text));
  if (typeof number === "number" && Number.isFinite(number)) return Math.trunc(number);
  throw systemError(`Stream ${stream}: start_value is ${text}. It must be a whole number.`, { stream });
}
