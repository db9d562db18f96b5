import { configError } from "../../errors.ts";
import type {
  AirbyteCatalog,
  AirbyteStream,
  ConfiguredAirbyteCatalog,
  ConfiguredAirbyteStream,
} from "../../protocol/messages.gen.ts";
import { nearest } from "../../protocol/nearest.ts";

/**
 * A catalog to read by: the streams of these names, all of them when left out, each incrementally where it can be.
 * @throws a config error where a name is not among them
 */
export function configureCatalog({ streams }: AirbyteCatalog, names?: readonly string[]): ConfiguredAirbyteCatalog {
  const known = streams.map(({ name }) => name);
  const missing = (names ?? []).filter((name) => !known.includes(name));
  if (missing.length > 0) {
    const lines = missing.map((name) => {
      const near = nearest(name, known);
      return near === undefined
        ? `There is no stream "${name}": it has ${known.join(", ")}.`
        : `There is no stream "${name}". Did you mean "${near}"?`;
    });
    throw configError(lines.join("\n"), { code: "no-such-stream" });
  }
  const wanted = names === undefined ? streams : streams.filter(({ name }) => names.includes(name));
  return {
    streams: wanted.map((stream) =>
      configureStream(stream, stream.supported_sync_modes.includes("incremental") ? "incremental" : "full_refresh"),
    ),
  };
}

/** A stream to be read in this mode, by its own cursor and primary key. */
export function configureStream(
  stream: AirbyteStream,
  mode: ConfiguredAirbyteStream["sync_mode"],
): ConfiguredAirbyteStream {
  return {
    stream,
    sync_mode: mode,
    destination_sync_mode: "append",
    ...(stream.default_cursor_field === undefined ? {} : { cursor_field: stream.default_cursor_field }),
    ...(stream.source_defined_primary_key === undefined ? {} : { primary_key: stream.source_defined_primary_key }),
  };
}
