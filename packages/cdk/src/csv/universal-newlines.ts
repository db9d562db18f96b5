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
