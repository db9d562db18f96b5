import { component, type Component } from "../../component.ts";
import { decodeText } from "../../encoding/text-decoder.ts";
import { configError } from "../../errors.ts";
import type { Json } from "../../json/value.ts";
import type { Decoder } from "../../roles.ts";
import { createItemReader } from "./shared/item-reader.ts";

export const jsonItemsDecoder: Component<"decoder"> = component({
  kind: "decoder",
  type: "JsonItemsDecoder",
  description: "Reads answers in JSON item by item, for lists too long to keep in memory.",
  schema: (_, z) =>
    z.object({
      items_path: z
        .string()
        .describe("Names of objects' members down to the list, joined by dots; `item` stands for the items of a list."),
      encoding: z.string().default("utf-8").describe("The text's encoding, by Python's name for it."),
    }),
  create({ items_path, encoding }, { stream }): Decoder {
    if (items_path === "") {
      throw configError(
        `Stream ${stream.name}: the JsonItemsDecoder's items_path is empty. Name the path of the list, such as "data.users".`,
        { stream: stream.name },
      );
    }
    async function* parse(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Json[]> {
      const reader = createItemReader(items_path);
      for await (const text of decodeText(bytes, encoding)) {
        const items = reader.push(text);
        if (items.length > 0) yield items;
      }
      const items = reader.end();
      if (items.length > 0) yield items;
    }
    return { streams: true, decode: (response) => parse(response.stream()), parse };
  },
});
