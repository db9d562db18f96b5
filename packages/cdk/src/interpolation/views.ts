import { copy, entries, set, type JsonObject } from "../json/value.ts";
import { MappingView, type Value } from "./value/value.ts";

/** The parts of a slice, as templates may reach them. */
export interface SliceParts {
  readonly partition: JsonObject;
  readonly interval: JsonObject;
  readonly extra: JsonObject;
}

/**
 * A slice as templates see it: its members are those of partition and interval, and it has attributes besides:
 * `stream_slice.partition`, `stream_slice.cursor_slice`, `stream_slice.extra_fields`.
 */
export function sliceView({ partition, interval, extra }: SliceParts): Value {
  const members = copy(partition);
  for (const [key, value] of entries(interval)) set(members, key, value);
  return new MappingView("StreamSlice", members, {
    equalsDict: true,
    attributes: {
      partition: () => partition,
      _partition: () => partition,
      cursor_slice: () => interval,
      extra_fields: () => extra,
    },
  });
}

/** A record that was selected, as `last_record` shows it: it has the attributes `data`, `stream_name`, `associated_slice`. */
export function recordView(data: JsonObject, streamName: string, slice: Value): Value {
  return new MappingView("Record", data, {
    attributes: {
      data: () => data,
      stream_name: () => streamName,
      associated_slice: () => slice,
      file_reference: () => null,
    },
  });
}

/** Headers as templates see them: their names are found in any case. */
export function headersView(headers: JsonObject): Value {
  return new MappingView("CaseInsensitiveDict", headers, { anyCase: true, equalsDict: true });
}
