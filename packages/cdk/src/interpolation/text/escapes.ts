const SIMPLE: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g;

/**
 * The text of a string literal's inside, escapes resolved as Python does: an unknown one stays as it is.
 * @returns undefined where Python refuses it: a cut `\x`, `\u`, `\U`, a code point too high, a `\N{name}` (which would
 * need the names of all characters)
 */
export function unescape(inside: string): string | undefined {
  if (!inside.includes("\\")) return inside;
  let refused = inside.endsWith("\\") && /(?:^|[^\\])(?:\\\\)*\\$/.test(inside);
  const text = inside.replace(
    ESCAPE,
    (whole, octal?: string, x?: string, u?: string, long?: string, other?: string) => {
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      const hex = x ?? u ?? long;
      if (hex !== undefined) {
        const code = parseInt(hex, 16);
        if (code <= 0x10ffff) return String.fromCodePoint(code);
        refused = true;
        return "";
      }
      if (other === "x" || other === "u" || other === "U" || other === "N") refused = true;
      return SIMPLE[other ?? ""] ?? whole;
    },
  );
  return refused ? undefined : text;
}
