import { component, type Component } from "../../component.ts";
import type { CursorFactory } from "../../roles.ts";
import { cursorFieldOf } from "./shared/cursor-field.ts";
import { datetimeField } from "./shared/datetime-field.ts";
import { intervalOptions } from "./shared/interval-options.ts";
import { perPartitionCursor } from "./shared/per-partition.ts";
import { streamCursor } from "./shared/stream-cursor.ts";
import { buildOption } from "../shared/build-option.ts";

export const datetimeBasedCursor: Component<"cursor"> = component({
  kind: "cursor",
  type: "DatetimeBasedCursor",
  description: "Reads only what is new by a date of the records, in windows of time; the state keeps the last date.",
  schema: (slot, z) => {
    const moment = z.union([slot("datetime", ["MinMaxDatetime"]), z.string()]);
    const option = slot("requestOption", ["RequestOption"]);
    return z.object({
      cursor_field: z
        .string()
        .describe("The top-level field of a record that tells how new it is. May see: config, parameters."),
      datetime_format: z
        .string()
        .describe(
          "The format of times in requests and in the state: strftime's directives, or %s, %s_as_float, %ms, %_ms.",
        ),
      start_datetime: moment.describe("From when on to read. May see: config, parameters."),
      end_datetime: moment
        .optional()
        .describe("Until when to read; until now when left out. May see: config, parameters."),
      cursor_datetime_formats: z
        .array(z.string())
        .optional()
        .describe("The formats of times in records, the first that fits; datetime_format when left out."),
      step: z
        .string()
        .optional()
        .describe(
          "The length of a window, an ISO 8601 duration; needs cursor_granularity. May see: config, parameters.",
        ),
      cursor_granularity: z
        .string()
        .optional()
        .describe("The smallest step that datetime_format can tell, an ISO 8601 duration; needs step."),
      lookback_window: z
        .string()
        .optional()
        .describe("How much of what was synced to read again, an ISO 8601 duration. May see: config, parameters."),
      start_time_option: option.optional().describe("Where the start of a window goes in a request."),
      end_time_option: option.optional().describe("Where the end of a window goes in a request."),
      partition_field_start: z
        .string()
        .optional()
        .describe('The name of a window\'s start within the slice; "start_time" when left out.'),
      partition_field_end: z
        .string()
        .optional()
        .describe('The name of a window\'s end within the slice; "end_time" when left out.'),
      clamping: z
        .looseObject({
          target: z.string().describe("DAY, WEEK or MONTH. May see: config, parameters."),
          target_details: z.looseObject({}).optional().describe("For WEEK: the `weekday` it starts on, e.g. MONDAY."),
        })
        .optional()
        .describe("Makes windows start and end at borders of a period."),
      is_data_feed: z
        .boolean()
        .optional()
        .describe(
          "Whether the API gives the newest records first and cannot filter: reading stops at the first old one.",
        ),
      is_client_side_incremental: z
        .boolean()
        .optional()
        .describe("Whether the API cannot filter by time: old records are dropped after they were read."),
      is_compare_strictly: z
        .boolean()
        .default(false)
        .describe("Whether the API refuses windows that end where they start; they are left out then."),
      global_substream_cursor: z
        .boolean()
        .default(false)
        .describe("Whether one value stands for all partitions; it moves only when all of them are read."),
      allow_catalog_defined_cursor_field: z
        .boolean()
        .optional()
        .describe("Whether the user may choose another cursor field in the catalog."),
    });
  },
  create(spec, scope): CursorFactory {
    const border = (name: string | undefined, fallback: string): string => scope.text(name ? name : fallback)({});
    const borders = [
      border(spec.partition_field_start, "start_time"),
      border(spec.partition_field_end, "end_time"),
    ] as const;
    const { cursorField, field, lookBack } = datetimeField(spec, cursorFieldOf(spec, scope), borders, scope);
    return {
      cursorField: cursorField.name,
      catalogDefined: spec.allow_catalog_defined_cursor_field ?? false,
      fields: [cursorField.name],
      clientSide: spec.is_client_side_incremental ?? false,
      dataFeed: spec.is_data_feed ?? false,
      options: intervalOptions([
        {
          border: borders[0],
          option: spec.start_time_option && buildOption(spec.start_time_option, scope, scope.parameters),
        },
        {
          border: borders[1],
          option: spec.end_time_option && buildOption(spec.end_time_option, scope, scope.parameters),
        },
      ]),
      create: (state, router) =>
        router === undefined
          ? streamCursor(field(), state)
          : perPartitionCursor({
              cursorField,
              field,
              lookBack,
              router,
              incoming: state,
              global: router.grouped === true || spec.global_substream_cursor,
              clock: () => performance.now(),
            }),
    };
  },
});
