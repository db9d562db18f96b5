import type { Json } from "../json/value.ts";
import { readBlockNode } from "./block.ts";
import type { Places } from "./places.ts";
import { checkValue } from "./node.ts";
import { ended, isBlank, isBreak, skip, YamlFault, type Reading } from "./reading.ts";

const FORBIDDEN = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const HEADER = /^\ufeff?(?:[ \t]*(?:#[^\n]*)?\n|%[^\n]*\n|[ \t]*\r\n)*---(?=\s|$)/;

/**
 * Reads one document of YAML 1.1 as PyYAML's safe loader does, straight into values. Where a key is stated twice the last
 * one counts; `places`, where given, learns of it, and of where everything stands.
 * @throws YamlFault
 */
export function readYaml(written: string, places?: Places): Json {
  const text = written.replaceAll(/\r(?!\n)/g, "\n");
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden !== null)
    throw new YamlFault(`The character ${codeOf(forbidden[0])} may not stand here.`, forbidden.index);
  const header = HEADER.exec(text)?.[0];
  const start = header?.length;
  const version = /^%YAML[ \t]+(?!1\.\d)/m.exec(header ?? "");
  if (version !== null) throw new YamlFault("This is a version of YAML that is not known; 1.1 is.", version.index);
  const reading: Reading = {
    text: text.slice(0, documentEnd(text, start ?? 0)),
    at: start ?? (text.startsWith("\ufeff") ? 1 : 0),
    line: start === undefined ? (text.startsWith("\ufeff") ? 1 : 0) : start - 3,
    fresh: start === undefined,
    quoted: false,
    depth: 0,
    aliased: 0,
    sizes: new Map(),
    anchors: new Map(),
    places,
  };
  skip(reading, false);
  if (ended(reading)) {
    if (start === undefined && text.length > reading.text.length)
      throw new YamlFault("Here a document ends that never began.", reading.at);
    return null;
  }
  const { at } = reading;
  const value = checkValue(reading, readBlockNode(reading, -1, -1), at);
  skip(reading, false);
  if (!ended(reading)) throw new YamlFault("This does not continue what stands above it.", reading.at);
  return value;
}

/** Where the document's end is marked (`...`), else the text's end. A second document is a fault. */
function documentEnd(text: string, start: number): number {
  const more = marker(text, "---", start);
  const end = marker(text, "...", start);
  if (end < 0 && more < 0) return text.length;
  if (more >= 0 && (end < 0 || more < end))
    throw new YamlFault("A manifest is one document; here a second one starts.", more);
  const rest = /^(?:\.\.\.[ \t]*(?:#[^\n]*)?\r?(?:\n|$)|[ \t]*(?:#[^\n]*)?(?:\r?\n|$))*/.exec(text.slice(end))![0]
    .length;
  if (end + rest < text.length)
    throw new YamlFault("After the end of the document (...) nothing may stand.", end + rest);
  return end;
}

function marker(text: string, mark: string, start: number): number {
  if (start === 0 && text.startsWith(mark) && isBlank(text.charCodeAt(3))) return 0;
  for (let at = text.indexOf(mark, start); at >= 0; at = text.indexOf(mark, at + 1)) {
    if (isBreak(text.charCodeAt(at - 1)) && isBlank(text.charCodeAt(at + 3))) return at;
  }
  return -1;
}

const codeOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
