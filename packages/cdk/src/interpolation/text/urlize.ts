import { unicodePattern } from "./unicode.ts";
import { escapeText } from "./html.ts";

export interface UrlizeOptions {
  /** The longest address that is shown whole. */
  readonly limit: number | undefined;
  readonly rel: string;
  readonly target: string | undefined;
  /** More starts of addresses that become links. */
  readonly schemes: readonly string[];
}

const HTTP = unicodePattern(
  "^((https?://|www\\.)(([\\p{L}\\p{N}_%-]+\\.)+)?([a-z]{2,63}|xn--[\\p{L}\\p{N}_%]{2,59})|([\\p{L}\\p{N}_%-]{2,63}\\.)+(com|net|int|edu|gov|org|info|mil)|(https?://)((\\d{1,3}(\\.\\d{1,3}){3})|(\\[([\\da-f]{0,4}:){2}([\\da-f]{0,4}:?){1,6}\\])))(?::\\d{1,5})?(?:[/?#]\\S*)?$",
  "iu",
);
const EMAIL = unicodePattern("^\\S+@[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*\\.[\\p{L}\\p{N}_]+$");
const BRACKETS = [
  ["(", ")"],
  ["<", ">"],
  ["&lt;", "&gt;"],
] as const;

/** Text, already escaped, with its addresses made links. */
export function urlize(text: string, options: UrlizeOptions): string {
  return text
    .split(/(\s+)/)
    .map((word) => linkWord(word, options))
    .join("");
}

function linkWord(word: string, options: UrlizeOptions): string {
  const head = /^([(<]|&lt;)+/.exec(word)?.[0] ?? "";
  let middle = word.slice(head.length);
  let tail = /([)>.,\n]|&gt;)+$/.exec(middle)?.[0] ?? "";
  middle = middle.slice(0, middle.length - tail.length);
  for (const [opening, closing] of BRACKETS) {
    // An address keeps the closing brackets that it opened.
    let open = middle.split(opening).length - middle.split(closing).length;
    for (; open > 0 && tail.includes(closing); open--) {
      const end = tail.indexOf(closing) + closing.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return head + link(middle, options) + tail;
}

function link(text: string, { limit, rel, target, schemes }: UrlizeOptions): string {
  const extra = `${rel === "" ? "" : ` rel="${escapeText(rel)}"`}${target === undefined ? "" : ` target="${escapeText(target)}"`}`;
  const shown = limit !== undefined && text.length > limit ? `${text.slice(0, limit)}...` : text;
  if (HTTP().test(text)) {
    return `<a href="${/^https?:\/\//.test(text) ? "" : "https://"}${text}"${extra}>${shown}</a>`;
  }
  if (text.startsWith("mailto:") && EMAIL().test(text.slice(7))) return `<a href="${text}">${text.slice(7)}</a>`;
  const isAddress = text.includes("@") && !text.startsWith("www.") && !text.startsWith("@") && !text.includes(":");
  if (isAddress && EMAIL().test(text)) return `<a href="mailto:${text}">${text}</a>`;
  const scheme = schemes.find((start) => text !== start && text.startsWith(start));
  return scheme === undefined ? text : `<a href="${text}"${extra}>${text}</a>`;
}
