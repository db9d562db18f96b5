import { str } from "../value/text.ts";
import { Markup, type Value } from "../value/value.ts";
import { words } from "./whitespace.ts";

const UNSAFE: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "'": "&#39;",
  '"': "&#34;",
};

/** The text made safe for HTML; what is marked as safe stays as it is. */
export function escape(value: Value): string {
  return value instanceof Markup ? value.text : escapeText(str(value));
}

export function escapeText(text: string): string {
  return text.replace(/[&<>'"]/g, (character) => UNSAFE[character] ?? character);
}

/** The text without tags and comments, white space and entities resolved. */
export function stripTags(text: string): string {
  let result = "";
  let at = 0;
  for (;;) {
    const start = text.indexOf("<", at);
    const comment = text.startsWith("<!--", start);
    const end = start < 0 ? -1 : comment ? text.indexOf("-->", start + 4) : text.indexOf(">", start);
    if (end < 0) break;
    result += text.slice(at, start);
    at = end + (comment ? 3 : 1);
  }
  return unescapeEntities(words(result + text.slice(at)).join(" "));
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\xa0",
  copy: "©",
  reg: "®",
  trade: "™",
  hellip: "…",
  euro: "€",
  mdash: "—",
  ndash: "–",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  bull: "•",
  middot: "·",
  deg: "°",
  pound: "£",
  yen: "¥",
  cent: "¢",
  sect: "§",
  para: "¶",
  laquo: "«",
  raquo: "»",
  times: "×",
  divide: "÷",
  plusmn: "±",
  frac12: "½",
  auml: "ä",
  ouml: "ö",
  uuml: "ü",
  Auml: "Ä",
  Ouml: "Ö",
  Uuml: "Ü",
  szlig: "ß",
  eacute: "é",
  egrave: "è",
  agrave: "à",
  ccedil: "ç",
  ntilde: "ñ",
};

/** Numbered entities, and the named ones in use. */
export function unescapeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(\w+));?/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = decimal === undefined ? parseInt(hex ?? "", 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
    },
  );
}
