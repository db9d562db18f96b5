import { set, type Json, type JsonObject } from "../../../json/value.ts";

/** A Link header as templates see it: relation (or URL, without one) to `{ url, rel, … }`. */
export function parseLinks(header: string | undefined): JsonObject {
  const links: JsonObject = {};
  if (header === undefined) return links;
  for (const part of header.replace(/^[ '"]+|[ '"]+$/g, "").split(/, *</)) {
    const semicolon = part.indexOf(";");
    const url = semicolon < 0 ? part : part.slice(0, semicolon);
    const link: JsonObject = { url: url.replace(/^[<> '"]+|[<> '"]+$/g, "") };
    for (const parameter of semicolon < 0 ? [] : part.slice(semicolon + 1).split(";")) {
      const [key, value, ...rest] = parameter.split("=");
      if (key === undefined || value === undefined || rest.length > 0) break;
      set(link, key.replace(/^[ '"]+|[ '"]+$/g, ""), value.replace(/^[ '"]+|[ '"]+$/g, ""));
    }
    const name: Json | undefined = link["rel"] ?? link["url"];
    if (typeof name === "string") set(links, name, link);
  }
  return links;
}
