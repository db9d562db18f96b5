import { inflateSync } from "node:zlib";
import { TRANSLITERATIONS } from "./ascii.gen.ts";

let table: Map<number, string> | undefined;

/** A text in ASCII letters, as AnyAscii writes it: `é` is e, `ж` zh, `中` Zhong. */
export function ascii(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  table ??= readTable();
  let result = "";
  for (const character of text) {
    const code = character.codePointAt(0)!;
    result += code < 0x80 ? character : (table.get(code) ?? "");
  }
  return result;
}

function readTable(): Map<number, string> {
  const entries = new Map<number, string>();
  let code = 0x80;
  for (const line of inflateSync(Buffer.from(TRANSLITERATIONS, "base64")).toString("latin1").split("\n")) {
    if (line.startsWith("\x01")) code += parseInt(line.slice(1), 16);
    else entries.set(code++, line);
  }
  return entries;
}
