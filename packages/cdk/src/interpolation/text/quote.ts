const encoder = new TextEncoder();

/** Python's `urllib.parse.quote`: all but letters, digits, `_.-~` and the safe ones as `%XX` of their UTF-8 bytes. */
export function quote(text: string, safe: string): string {
  if (/^[\w.~-]*$/.test(text)) return text;
  let result = "";
  for (const byte of encoder.encode(text)) {
    const character = String.fromCharCode(byte);
    const plain = byte < 128 && (/[\w.~-]/.test(character) || safe.includes(character));
    result += plain ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return result;
}

/** Python's `quote_plus`: a space is a `+`. */
export function quotePlus(text: string): string {
  return quote(text, " ").replaceAll(" ", "+");
}
