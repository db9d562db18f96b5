import { component, type Component } from "../../component.ts";
import { universalNewlines } from "../../csv/universal-newlines.ts";
import { decodeText } from "../../encoding/text-decoder.ts";
import type { Decoder } from "../../roles.ts";
import { lines } from "./shared/lines.ts";

export const iterableDecoder: Component<"decoder"> = component({
  kind: "decoder",
  type: "IterableDecoder",
  description: "Reads answers of lines, each line a record of one field.",
  schema: (_, z) => z.object({}),
  create: (): Decoder => ({
    streams: true,
    async *decode(response) {
      for await (const some of lines(newlines(decodeText(response.stream(), "utf-8")))) {
        yield some.map((record) => ({ record }));
      }
    },
  }),
});

async function* newlines(text: AsyncIterable<string>): AsyncGenerator<string> {
  const translate = universalNewlines();
  for await (const part of text) yield translate(part, false);
  yield translate("", true);
}
