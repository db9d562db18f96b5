import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import { parseJson } from "../../json/parse.ts";
import type { Json } from "../../json/value.ts";
import type { Decoder } from "../../roles.ts";
import { decodeText } from "../../encoding/text-decoder.ts";
import { noJson } from "../shared/no-json.ts";

export const jsonDecoder: Component<"decoder"> = component({
  kind: "decoder",
  type: "JsonDecoder",
  description: "Reads answers in JSON.",
  schema: (_, z) => z.object({}),
  create: (_, { run }): Decoder => ({
    streams: false,
    rows: "json",
    async *decode(response) {
      const value = await response.json();
      if (value === undefined) {
        // The reference goes on with an empty body where an answer is no JSON.
        run.log("ERROR", noJson(response, await parseFault(response.text())));
      }
      const values = valuesOf(value ?? {});
      yield values.length > 0 ? values : [{}];
    },
    async *parse(bytes) {
      let value: Json;
      try {
        let text = "";
        for await (const part of decodeText(bytes, "utf-8")) text += part;
        value = parseJson(text);
      } catch (cause) {
        throw systemError("What was unpacked of the answer is no JSON.", { cause, code: "no-json" });
      }
      if (value === null) throw systemError("What was unpacked of the answer is `null`.", { code: "no-json" });
      yield valuesOf(value);
    },
  }),
});

/** A list at the root is as many values. */
const valuesOf = (value: Json): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [value]);

async function parseFault(text: Promise<string>): Promise<unknown> {
  try {
    return parseJson(await text);
  } catch (error) {
    return error;
  }
}
