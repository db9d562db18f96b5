import { component, type Component } from "../../component.ts";
import { isConnectorError, systemError } from "../../errors.ts";
import type { Decoder } from "../../roles.ts";
import { inside, PACKABLE } from "./shared/inside.ts";
import { zipEntries, zipInMemory } from "./shared/zip-entries.ts";

export const zipfileDecoder: Component<"decoder"> = component({
  kind: "decoder",
  type: "ZipfileDecoder",
  description: "Unpacks answers that are zip files, for a decoder within.",
  schema: (slot, z) => z.object({ decoder: slot("decoder", PACKABLE).describe("How the archive's files are read.") }),
  create({ decoder }, scope): Decoder {
    const parse = inside(scope.build(decoder), "ZipfileDecoder", scope);
    return {
      streams: false,
      // The list of an archive's files is at its end, so the packed bytes are kept; the files are unpacked as a stream.
      async *decode(response) {
        for (const entry of await zipEntries(zipInMemory(asBuffer(await response.bytes())))) {
          try {
            yield* parse(entry.unpack());
          } catch (cause) {
            if (isConnectorError(cause) && cause.code === "broken-zip") throw cause;
            const detail = cause instanceof Error ? cause.message : String(cause);
            throw systemError(`The file ${entry.name} of the answer's zip archive cannot be read: ${detail}`, {
              cause,
            });
          }
        }
      },
    };
  },
});

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
