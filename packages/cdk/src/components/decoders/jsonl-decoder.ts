import { component, type Component } from "../../component.ts";
import { decodeText } from "../../encoding/text-decoder.ts";
import { JsonError } from "../../json/json-error.ts";
import { parseJson } from "../../json/parse.ts";
import type { Json } from "../../json/value.ts";
import type { Decoder } from "../../roles.ts";
import { noJsonLine } from "../shared/no-json.ts";
import { lines } from "./shared/lines.ts";

export const jsonlDecoder: Component<"decoder"> = component({
  kind: "decoder",
  type: "JsonlDecoder",
  description: "Reads answers of lines in JSON.",
  schema: (_, z) => z.object({}),
  create(_, { run }): Decoder {
    async function* parse(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Json[]> {
      for await (const some of lines(decodeText(bytes, "utf-8"))) {
        const values: Json[] = [];
        for (const line of some) {
          try {
            values.push(parseJson(line));
          } catch (error) {
            if (!(error instanceof JsonError)) throw error;
            const warning = noJsonLine(line, error);
            if (warning !== undefined) run.log("WARN", warning);
          }
        }
        if (values.length > 0) yield values;
      }
    }
    return { streams: true, rows: "lines", decode: (response) => parse(response.stream()), parse };
  },
});
