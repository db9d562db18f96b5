import { isAscii, isUtf8 } from "node:buffer";
import { configError, systemError } from "../errors.ts";

/**
 * Decodes a text part by part; the last part may be empty. Throws where the bytes are none of the encoding.
 * @experimental
 */
export type DecodePart = (bytes: Uint8Array, last: boolean) => string;

/**
 * A decoder of one text in an encoding by Python's name for it: strict, and a byte order mark stays where Python keeps it.
 * @throws a config error for a name that is none
 * @experimental
 */
export async function textDecoder(encoding: string): Promise<DecodePart> {
  if (isUtf8Name(encoding)) return utf8();
  const normal = normalized(encoding);
  const { ALIASES, CHARMAPS } = await import("./charmaps.gen.ts");
  const name = ALIASES[normal] ?? ALIASES[normal.replaceAll(".", "_")] ?? normal;
  if (name === "utf_8") return utf8();
  if (name === "utf_8_sig") return withoutMark(utf8());
  if (name === "ascii" || name === "latin_1") return latin1(name);
  if (name === "utf_16") return marked(encoding);
  if (name.startsWith("utf_32")) return utf32(name, encoding);
  const web = WEB[name];
  if (web !== undefined) return webDecoder(web, encoding);
  const characters = CHARMAPS[name];
  if (characters === undefined) {
    throw configError(
      `There is no encoding named "${encoding}". Use a name such as utf-8, utf-16, iso-8859-1 or cp1252.`,
      { code: "unknown-encoding" },
    );
  }
  return charmap(characters, encoding);
}

/** Each part of a text, decoded. */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decode = await textDecoder(encoding);
  for await (const part of bytes) {
    const text = decode(part, false);
    if (text !== "") yield text;
  }
  const rest = decode(new Uint8Array(0), true);
  if (rest !== "") yield rest;
}

/** Whether this is one of the usual names of UTF-8. */
export const isUtf8Name = (encoding: string): boolean => UTF_8.has(normalized(encoding));

const normalized = (encoding: string): string => encoding.toLowerCase().replace(/[^a-z0-9.]+/g, "_");

const UTF_8: ReadonlySet<string> = new Set(["utf_8", "utf8", "u8", "utf"]);
const WEB: Readonly<Record<string, string>> = {
  utf_16_le: "utf-16le",
  utf_16_be: "utf-16be",
  big5: "big5",
  big5hkscs: "big5",
  cp950: "big5",
  cp932: "shift_jis",
  shift_jis: "shift_jis",
  cp949: "euc-kr",
  euc_kr: "euc-kr",
  euc_jp: "euc-jp",
  gb18030: "gb18030",
  gb2312: "gbk",
  gbk: "gbk",
  iso2022_jp: "iso-2022-jp",
};

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const undecodable = (encoding: string, detail: string): Error =>
  systemError(
    `The answer is not in the encoding "${encoding}": ${detail}. Name the right one in the decoder's \`encoding\`.`,
    { code: "undecodable-text" },
  );

function utf8(): DecodePart {
  let rest: Uint8Array = new Uint8Array(0);
  let before = 0;
  return (bytes, last) => {
    const whole = rest.length === 0 ? asBuffer(bytes) : Buffer.concat([rest, bytes]);
    const end = last ? whole.length : whole.length - unfinished(whole);
    const part = whole.subarray(0, end);
    if (!isUtf8(part)) throw undecodable("utf-8", `a wrong byte after byte ${before}`);
    rest = whole.subarray(end);
    before += end;
    return isAscii(part) ? part.toString("latin1") : part.toString("utf8");
  };
}

/**
 * How many bytes at the end begin a character of UTF-8 that goes on in the next part.
 * @experimental
 */
export function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

function withoutMark(decode: DecodePart): DecodePart {
  let first = true;
  return (bytes, last) => {
    const text = decode(bytes, last);
    if (!first || text === "") return text;
    first = false;
    return text.startsWith("\ufeff") ? text.slice(1) : text;
  };
}

function latin1(name: "ascii" | "latin_1"): DecodePart {
  return (bytes) => {
    if (name === "ascii" && !isAscii(bytes)) throw undecodable("ascii", "a byte above 127");
    return asBuffer(bytes).toString("latin1");
  };
}

function webDecoder(label: string, encoding: string): DecodePart {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  return (bytes, last) => {
    try {
      return decoder.decode(bytes, { stream: !last });
    } catch (error) {
      throw undecodable(encoding, error instanceof Error ? error.message : String(error));
    }
  };
}

/** The first two bytes tell the order of UTF-16; without a mark it is little-endian. */
function marked(encoding: string): DecodePart {
  let decode: DecodePart | undefined;
  let start = Buffer.alloc(0);
  return (bytes, last) => {
    if (decode !== undefined) return decode(bytes, last);
    start = Buffer.concat([start, bytes]);
    if (start.length < 2 && !last) return "";
    decode = withoutMark(webDecoder(start[0] === 0xfe && start[1] === 0xff ? "utf-16be" : "utf-16le", encoding));
    return decode(start, last);
  };
}

function utf32(name: string, encoding: string): DecodePart {
  let rest = Buffer.alloc(0);
  let big = name === "utf_32_be";
  let first = name === "utf_32";
  return (bytes, last) => {
    const whole = Buffer.concat([rest, bytes]);
    const end = whole.length - (whole.length % 4);
    rest = whole.subarray(end);
    if (last && rest.length > 0) throw undecodable(encoding, "it ends within a character");
    let text = "";
    for (let at = 0; at < end; at += 4) {
      if (first) {
        first = false;
        big = whole.readUInt32BE(at) === 0xfeff;
        if (big || whole.readUInt32LE(at) === 0xfeff) continue;
      }
      const code = big ? whole.readUInt32BE(at) : whole.readUInt32LE(at);
      if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw undecodable(encoding, `no character ${code}`);
      text += String.fromCodePoint(code);
    }
    return text;
  };
}

function charmap(characters: string, encoding: string): DecodePart {
  const lower = characters.length === 256 ? "" : String.fromCharCode(...Array(128).keys());
  const all = lower + characters;
  const above = lower === "" ? 0 : 128;
  return (bytes) => {
    if (above > 0 && isAscii(bytes)) return asBuffer(bytes).toString("latin1");
    let text = "";
    for (const byte of bytes) {
      const character = all.charAt(byte);
      if (character === "\ufffd") throw undecodable(encoding, `byte ${byte} is no character`);
      text += character;
    }
    return text;
  };
}
