import type { Scope } from "../../../component.ts";
import { configError } from "../../../errors.ts";
import type { Decoder } from "../../../roles.ts";

/** The decoders of what can be inside a packed answer. */
export const PACKABLE: readonly string[] = [
  "CsvDecoder",
  "GzipDecoder",
  "JsonDecoder",
  "JsonItemsDecoder",
  "JsonlDecoder",
];

/** What reads bytes that `outer` unpacked; a decoder of one's own may lack it. */
export function inside(inner: Decoder, outer: string, { stream }: Scope): NonNullable<Decoder["parse"]> {
  if (inner.parse === undefined) {
    throw configError(
      `Stream ${stream.name}: the decoder inside the ${outer} has no \`parse\`, so it cannot read unpacked bytes.`,
      { stream: stream.name },
    );
  }
  return (bytes) => inner.parse!(bytes);
}
