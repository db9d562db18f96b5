import { malformed } from "./malformed.ts";

/** What stands before the body of an answer. */
export interface AnswerHead {
  readonly status: number;
  /** Whether the server may keep the connection for another request. */
  readonly keepsAlive: boolean;
  /** Names and values in turn, as sent; values in Latin-1. */
  readonly headers: readonly string[];
  /** How many bytes it took. */
  readonly size: number;
}

const STATUS = /^HTTP\/(\d)\.(\d)[ \t]+(\d{3})(?:[ \t].*)?$/;

/**
 * The head that these bytes begin with, undefined where its end is not there yet. As the reference's client does it bears lines
 * that end with a line feed alone, lines without a colon, values that go on in the next line, and a status without a reason.
 * @throws an error of the connection where it is no head of HTTP
 */
export function readHead(bytes: Buffer): AnswerHead | undefined {
  let start = 0;
  while (bytes[start] === 13 || bytes[start] === 10) start++; // some servers end a body with a line too many
  const end = endOf(bytes, start);
  if (end === undefined) {
    if (bytes.length - start >= 5 && bytes.toString("latin1", start, start + 5) !== "HTTP/") throw noHttp();
    return undefined;
  }
  const [first = "", ...lines] = bytes.toString("latin1", start, end).split(/\r?\n/);
  const status = STATUS.exec(first);
  if (status === null) throw noHttp();
  const headers: string[] = [];
  for (const line of lines) {
    if (line === "") continue;
    const colon = line.indexOf(":");
    if (line.startsWith(" ") || line.startsWith("\t")) {
      if (headers.length > 0) headers[headers.length - 1] = `${headers.at(-1)!} ${line.trim()}`.trim();
    } else if (colon > 0) headers.push(line.slice(0, colon).trimEnd(), line.slice(colon + 1).trim());
  }
  const [, major, minor, code] = status;
  return {
    status: Number(code),
    keepsAlive: code !== "101" && keepsAlive(major !== "1" || minor === "0", headers),
    headers,
    size: end,
  };
}

const noHttp = (): Error => malformed("what the server sent is no answer of HTTP");

/** Where the empty line ends that ends the head. */
function endOf(bytes: Buffer, start: number): number | undefined {
  const usual = bytes.indexOf("\n\r\n", start);
  const bare = bytes.subarray(start, usual < 0 ? bytes.length : usual + 1).indexOf("\n\n");
  if (bare >= 0) return start + bare + 2;
  return usual < 0 ? undefined : usual + 3;
}

function keepsAlive(old: boolean, headers: readonly string[]): boolean {
  const tokens = [...valuesOf(headers, "connection"), ...valuesOf(headers, "proxy-connection")];
  return !tokens.includes("close") && (!old || tokens.includes("keep-alive"));
}

/** The comma-separated values of a header, in lower case. */
export function valuesOf(headers: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    if (headers[index]!.length !== name.length || headers[index]!.toLowerCase() !== name) continue;
    for (const value of headers[index + 1]!.toLowerCase().split(",")) values.push(value.trim());
  }
  return values;
}
