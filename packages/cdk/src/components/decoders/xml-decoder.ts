import { component, type Component } from "../../component.ts";
import type { HttpResponse } from "../../http/types.ts";
import type { Json } from "../../json/value.ts";
import type { Decoder } from "../../roles.ts";
import { XmlError } from "./shared/xml-error.ts";

export const xmlDecoder: Component<"decoder"> = component({
  kind: "decoder",
  type: "XmlDecoder",
  description: "Reads answers in XML; elements become objects.",
  schema: (_, z) => z.object({}),
  create(_, { run }): Decoder {
    const parsed = new WeakMap<HttpResponse, Promise<Json>>(); // records and the next page's token are made from one parse
    async function parse(response: HttpResponse): Promise<Json> {
      try {
        const { parseXml } = await import("./shared/xml.ts"); // few connectors read XML
        return parseXml(await response.text());
      } catch (error) {
        if (!(error instanceof XmlError)) throw error;
        // The reference goes on with an empty body where an answer is no XML.
        const { method, url } = response.request;
        run.log("WARN", `The answer of ${method} ${url} is no XML (${error.message}), so it holds no records.`);
        return {};
      }
    }
    return {
      streams: false,
      async *decode(response) {
        let value = parsed.get(response);
        if (value === undefined) parsed.set(response, (value = parse(response)));
        yield [await value];
      },
    };
  },
});
