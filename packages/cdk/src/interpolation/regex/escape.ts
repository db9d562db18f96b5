const CONTROL: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/**
 * The character of an escape that stands for one, and where it ends.
 * @param octals which digits are a number; in a class, where groups cannot be referred to, all are
 */
export function readEscape(
  source: string,
  at: number,
  problem: (message: string) => never,
  octals: RegExp = /^(?:0[0-7]{0,2}|[0-3][0-7]{2})/,
): { readonly code: number; readonly end: number } {
  const rest = source.slice(at + 1);
  const hex = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
  if (hex !== null) {
    const code = parseInt(hex[1] ?? hex[2] ?? hex[3] ?? "", 16);
    return code > 0x10ffff ? problem("bad escape") : { code, end: at + 1 + hex[0].length };
  }
  const octal = octals.exec(rest);
  if (octal !== null) {
    const code = parseInt(octal[0], 8);
    return code > 0o377
      ? problem(`octal escape value \\${octal[0]} outside of range 0-0o377`)
      : { code, end: at + 1 + octal[0].length };
  }
  const code = rest.codePointAt(0);
  if (code === undefined) return problem("bad escape (end of pattern)");
  const letter = String.fromCodePoint(code);
  const control = CONTROL[letter];
  if (control !== undefined) return { code: control, end: at + 2 };
  if (/[A-Za-z0-9]/.test(letter)) return problem(`bad escape \\${letter}`);
  return { code, end: at + 1 + letter.length };
}
