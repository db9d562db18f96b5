import { get, type JsonObject } from "ferry-cdk";

/**
 * Formats that times of records are read in, all of UTC; states are written in the first. A time of another zone would be
 * written there with its own hour: who has such times gives a format with `%z`.
 */
const formats = [
  "%Y-%m-%dT%H:%M:%SZ",
  "%Y-%m-%dT%H:%M:%S.%fZ",
  "%Y-%m-%dT%H:%M:%S+00:00",
  "%Y-%m-%dT%H:%M:%S.%f+00:00",
  "%Y-%m-%dT%H:%M:%S+0000",
  "%Y-%m-%dT%H:%M:%S.%f+0000",
  "%Y-%m-%dT%H:%M:%S",
  "%Y-%m-%d %H:%M:%S",
  "%Y-%m-%d",
] as const;

/**
 * The cursor of an endpoint with a `cursor_field`. With `cursor_param` the API filters by it; without, records that were
 * read before are dropped here.
 */
export function cursorOf(endpoint: JsonObject, config: JsonObject): JsonObject {
  const format = get(endpoint, "cursor_format") ?? formats[0];
  const param = get(endpoint, "cursor_param");
  const lookBack = get(endpoint, "lookback_window");
  return {
    type: "DatetimeBasedCursor",
    cursor_field: get(endpoint, "cursor_field") ?? "",
    datetime_format: format,
    cursor_datetime_formats: [format, ...formats.filter((each) => each !== format)],
    start_datetime: {
      type: "MinMaxDatetime",
      datetime: startOf(config),
      datetime_format: formats[0],
    },
    ...(lookBack === undefined ? {} : { lookback_window: lookBack }),
    ...(param === undefined
      ? { is_client_side_incremental: true }
      : { start_time_option: { type: "RequestOption", inject_into: "request_parameter", field_name: param } }),
  };
}

function startOf(config: JsonObject): string {
  const given = get(config, "start_date");
  if (typeof given !== "string") return "1970-01-01T00:00:00Z";
  return given.includes("T") ? given : `${given}T00:00:00Z`;
}
