import { SaxesParser } from "saxes";
import { strip } from "../../../interpolation/text/whitespace.ts";
import { get, set, type Json, type JsonObject } from "../../../json/value.ts";
import { XmlError } from "./xml-error.ts";

interface Element {
  item: JsonObject | undefined;
  /** Its pieces of text. */
  readonly text: string[];
}

/**
 * XML as an object, as xmltodict makes it: attributes as `@name`, text as the value, or as `#text` beside attributes and
 * elements; elements of one name make a list, an empty one is null. Prefixes stay in names.
 * @throws XmlError
 */
export function parseXml(xml: string): Json {
  const parser = new SaxesParser();
  const open: Element[] = [];
  let element: Element = { item: undefined, text: [] };
  parser.on("error", (error) => {
    throw new XmlError(error.message);
  });
  const tag = knowEntities(parser);
  parser.on("opentag", ({ attributes }) => {
    tag.isOpen = false;
    open.push(element);
    element = { item: undefined, text: [] };
    for (const name of Object.keys(attributes)) set((element.item ??= {}), `@${name}`, attributes[name]!);
  });
  parser.on("text", (text) => void element.text.push(text));
  parser.on("cdata", (text) => void element.text.push(text));
  parser.on("closetag", ({ name }) => {
    const { item, text } = element;
    const value = strip(text.join(""));
    element = open.pop()!;
    if (item !== undefined && value !== "") add(item, "#text", value);
    add((element.item ??= {}), name, item ?? (value === "" ? null : value));
  });
  parser.write(xml).close();
  return element.item ?? {};
}

/** A second value of a name makes a list of the two. */
function add(item: JsonObject, name: string, value: Json): void {
  const before = get(item, name);
  if (before === undefined) set(item, name, value);
  else if (Array.isArray(before)) before.push(value);
  else set(item, name, [before, value]);
}

/**
 * Entities that the document itself declares: in attributes they stand for their text, in content for nothing, since the
 * reference keeps them from being expanded there. What an external definition declares is not fetched, and empty.
 */
function knowEntities(parser: SaxesParser): { isOpen: boolean } {
  const tag = { isOpen: false };
  const known = new Map<string | symbol, string>([
    ["amp", "&"],
    ["lt", "<"],
    ["gt", ">"],
    ["quot", '"'],
    ["apos", "'"],
  ]);
  const declared = new Map<string | symbol, string>();
  let external = false;
  parser.ENTITIES = new Proxy(parser.ENTITIES, {
    get: (_, name) =>
      known.get(name) ??
      (tag.isOpen ? declared.get(name) : declared.has(name) ? "" : undefined) ??
      (external ? "" : undefined),
  });
  parser.on("opentagstart", () => {
    tag.isOpen = true;
  });
  parser.on("doctype", (doctype) => {
    external = /^\s*\S+\s+(?:SYSTEM|PUBLIC)\b/.test(doctype);
    for (const [, name, double, single] of doctype.matchAll(/<!ENTITY\s+([^\s%]+)\s+(?:"([^"]*)"|'([^']*)'|\w+)/g)) {
      declared.set(name!, double ?? single ?? "");
    }
  });
  return tag;
}
