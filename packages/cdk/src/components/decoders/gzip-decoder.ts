import { component, type Component } from "../../component.ts";
import type { Json } from "../../json/value.ts";
import type { Decoder } from "../../roles.ts";
import { gunzipped } from "./shared/gunzip.ts";
import { inside, PACKABLE } from "./shared/inside.ts";

export const gzipDecoder: Component<"decoder"> = component({
  kind: "decoder",
  type: "GzipDecoder",
  description: "Unpacks answers compressed by gzip, for a decoder within.",
  schema: (slot, z) => z.object({ decoder: slot("decoder", PACKABLE).describe("How what gzip unpacks is read.") }),
  create({ decoder }, scope): Decoder {
    const inner = scope.build(decoder);
    const parseInner = inside(inner, "GzipDecoder", scope);
    // What the transport packed, http has unpacked; this is the answer's own gzip, told by its first bytes.
    const parse = (bytes: AsyncIterable<Uint8Array>): AsyncIterable<readonly Json[]> => parseInner(gunzipped(bytes));
    return {
      streams: true,
      // A whole JSON text may not be cut into rows: a broken one fails the stream, where JsonDecoder goes on.
      rows: inner.rows === "lines" ? "lines" : undefined,
      ...(inner.batches && { batches: (bytes) => inner.batches!(gunzipped(bytes)) }),
      unpack: (bytes) => inner.unpack?.(gunzipped(bytes)) ?? gunzipped(bytes),
      decode: (response) => parse(response.stream()),
      parse,
    };
  },
});
