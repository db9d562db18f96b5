import { identifier, unicodePattern } from "../text/unicode.ts";
import { method, type Method } from "../value/call.ts";
import { isSpace } from "../text/whitespace.ts";
import { isPrintable } from "../../json/printable.ts";

const UPPER_LETTER = unicodePattern("\\p{Lu}");
const LETTERS = unicodePattern("^\\p{L}+$");
const LETTERS_OR_NUMBERS = unicodePattern("^[\\p{L}\\p{N}]+$");
const DECIMALS = unicodePattern("^\\p{Nd}+$");
const DIGITS = unicodePattern("^[\\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐]+$");
const NUMBERS = unicodePattern("^\\p{N}+$");
const LOWER = unicodePattern("\\p{Lower}");
const NOT_LOWER = unicodePattern("[\\p{Upper}\\p{Lt}]");
const UPPER = unicodePattern("\\p{Upper}");
const NOT_UPPER = unicodePattern("[\\p{Lower}\\p{Lt}]");
const CASED_RUN = unicodePattern("[\\p{Cased}][\\p{Cased}\\p{Mn}]*", "gu");

/** Upper and lower case, and what kind of characters a text has. */
export const caseMethods: Readonly<Record<string, Method<string>>> = {
  upper: method(0, 0, (text) => text.toUpperCase()),
  lower: method(0, 0, (text) => text.toLowerCase()),
  casefold: method(0, 0, (text) => Array.from(text, foldCase).join("")),
  capitalize: method(0, 0, capitalize),
  title: method(0, 0, title),
  swapcase: method(0, 0, (text) =>
    Array.from(text, (character) =>
      UPPER_LETTER().test(character) ? character.toLowerCase() : character.toUpperCase(),
    ).join(""),
  ),
  isalpha: method(0, 0, (text) => LETTERS().test(text)),
  isalnum: method(0, 0, (text) => LETTERS_OR_NUMBERS().test(text)),
  isdecimal: method(0, 0, (text) => DECIMALS().test(text)),
  isdigit: method(0, 0, (text) => DIGITS().test(text)),
  isnumeric: method(0, 0, (text) => NUMBERS().test(text)),
  isspace: method(0, 0, isSpace),
  isascii: method(0, 0, (text) => /^[\x00-\x7f]*$/.test(text)),
  islower: method(0, 0, isLower),
  isupper: method(0, 0, isUpper),
  istitle: method(0, 0, (text) => text !== text.toLowerCase() && text === title(text)),
  isidentifier: method(0, 0, (text) => identifier().test(text)),
  isprintable: method(0, 0, (text) => Array.from(text).every((character) => isPrintable(character.codePointAt(0)!))),
};

/** Letter by letter, so that no sigma turns into the one that ends words. */
function foldCase(character: string): string {
  return character === "ı" ? character : Array.from(character.toUpperCase(), (one) => one.toLowerCase()).join("");
}

export function capitalize(text: string): string {
  const first = String.fromCodePoint(...(text === "" ? [] : [text.codePointAt(0)!]));
  return titleCase(first) + text.slice(first.length).toLowerCase();
}

export function isLower(text: string): boolean {
  return LOWER().test(text) && !NOT_LOWER().test(text);
}

export function isUpper(text: string): boolean {
  return UPPER().test(text) && !NOT_UPPER().test(text);
}

/** Each run of letters starts high and goes on low. */
function title(text: string): string {
  return text.replace(CASED_RUN(), (run) => {
    const first = String.fromCodePoint(run.codePointAt(0)!);
    return titleCase(first) + run.slice(first.length).toLowerCase();
  });
}

const DIGRAPHS: Readonly<Record<string, string>> = {
  ǆ: "ǅ",
  Ǆ: "ǅ",
  ǅ: "ǅ",
  ǉ: "ǈ",
  Ǉ: "ǈ",
  ǈ: "ǈ",
  ǌ: "ǋ",
  Ǌ: "ǋ",
  ǋ: "ǋ",
  ǳ: "ǲ",
  Ǳ: "ǲ",
  ǲ: "ǲ",
  ß: "Ss",
  ﬁ: "Fi",
  ﬂ: "Fl",
  ﬀ: "Ff",
};

function titleCase(character: string): string {
  return DIGRAPHS[character] ?? character.toUpperCase();
}
