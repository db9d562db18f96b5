/** Translates `\r\n` and `\r` to `\n`, part by part, as Python does with text files: also within quoted fields. */
export function universalNewlines(): (part: string, last: boolean) => string {
  let held = false; // a part ended in \r: its \n may come with the next one
  return (part, last) => {
    let text = held ? `\r${part}` : part;
    held = !last && text.endsWith("\r");
    if (held) text = text.slice(0, -1);
    return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  };
}

/** The same of bytes in UTF-8. */
export function newlineBytes(): (part: Uint8Array, last: boolean) => Buffer {
  const translate = universalNewlines();
  const RETURN = 13;
  let held = false;
  return (part, last) => {
    const bytes = Buffer.from(part.buffer, part.byteOffset, part.length);
    if (!held && !bytes.includes(RETURN)) return bytes;
    const text = translate(bytes.toString("latin1"), last);
    held = bytes.length === 0 ? held && !last : bytes[bytes.length - 1] === RETURN && !last;
    return Buffer.from(text, "latin1");
  };
}
