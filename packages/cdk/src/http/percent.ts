/** Percent-encodes the UTF-8 bytes of a text, but for letters, digits, `_.-~` and the characters of `safe`. */
export function percentEncoder(safe: string): (text: string) => string {
  const table: string[] = [];
  for (let byte = 0; byte < 256; byte++) {
    const character = String.fromCharCode(byte);
    const isKept = byte < 128 && (/[A-Za-z0-9_.~-]/.test(character) || safe.includes(character));
    table.push(isKept ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`);
  }
  const kept = new RegExp(`^[A-Za-z0-9_.~${safe.replace(/[\\\]^-]/g, "\\$&")}-]*$`);
  return (text) => {
    if (kept.test(text)) return text;
    let result = "";
    for (const byte of Buffer.from(text)) result += table[byte]!;
    return result;
  };
}

const encodeButSpace = percentEncoder(" ");
const requote = percentEncoder("!#$%&'()*+,/:;=?@[]~");
const requoteAll = percentEncoder("!#$&'()*+,/:;=?@[]~");

/** Python's `quote_plus`: as in forms, a space becomes `+`. */
export const quotePlus = (text: string): string => {
  const quoted = encodeButSpace(text);
  return quoted.includes(" ") ? quoted.replaceAll(" ", "+") : quoted;
};

/** Python's `unquote`: bytes that are no UTF-8 become U+FFFD, a `%` without two digits stays. */
export function unquote(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString());
}

/** Quotes a whole URL as `requests` does: what is quoted needlessly is unquoted, what is not allowed is quoted. */
export function requoteUrl(url: string): string {
  if (!url.includes("%")) return requote(url);
  const parts = url.split("%");
  let result = parts[0]!;
  for (const part of parts.slice(1)) {
    const digits = part.slice(0, 2);
    if (!/^[0-9a-zA-Z]{2}$/.test(digits)) result += `%${part}`;
    else if (!/^[0-9a-fA-F]{2}$/.test(digits)) return requoteAll(url);
    else {
      const character = String.fromCharCode(parseInt(digits, 16));
      result += /[A-Za-z0-9_.~-]/.test(character) ? character + part.slice(2) : `%${part}`;
    }
  }
  return requote(result);
}
