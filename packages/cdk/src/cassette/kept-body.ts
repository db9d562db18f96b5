import { createReadStream } from "node:fs";
import { open, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { JsonError } from "../json/json-error.ts";
import { parseJson } from "../json/parse.ts";
import { prettyJson } from "../json/pretty.ts";
import { printJson } from "../json/print.ts";
import type { Json } from "../json/value.ts";
import type { KeptBody } from "./exchange.ts";
import type { Scrubber } from "./scrub.ts";

/** Up to so many bytes a text stands with its exchange. */
const INLINE = 16_384;
/** Up to so many bytes a body is taken into memory, and JSON is laid out over lines. */
const WHOLE = 4 << 20;

/** Keeps a body, which lies in a file, without secrets: short text inside the exchange, all else as a file of this name. */
export async function keepBody(
  from: string,
  scrubber: Scrubber,
  to: { readonly folder: string; readonly name: string },
): Promise<KeptBody | undefined> {
  const { size } = await stat(from);
  if (size === 0) return undefined;
  if (size > WHOLE) return await keepLarge(from, scrubber, to);
  const bytes = await readFile(from);
  const decoded = bytes.toString("utf8");
  if (!Buffer.from(decoded).equals(bytes)) {
    const scrubbed = Buffer.from(scrubber.text(bytes.toString("latin1")), "latin1");
    return await inFile(scrubbed, { ...to, extension: "bin" });
  }
  const { text, extension } = laidOut(scrubber.text(decoded));
  return size <= INLINE && isPlain(text) ? { text } : await inFile(Buffer.from(text), { ...to, extension });
}

/** The bytes of a kept body, as often as they are asked for. JSON comes without the layout that it was given. */
export async function* bodyStream(folder: string, body: KeptBody | undefined): AsyncGenerator<Uint8Array> {
  if (body === undefined) return;
  if ("text" in body) {
    yield Buffer.from(compact(body.text));
    return;
  }
  const path = join(folder, body.file);
  if (!body.file.endsWith(".json") || (await stat(path)).size > 2 * WHOLE) {
    yield* createReadStream(path) as AsyncIterable<Uint8Array>; // without an encoding it gives bytes
    return;
  }
  yield Buffer.from(compact(await readFile(path, "utf8")));
}

/** A kept body as text; undefined where it is none. */
export async function bodyText(folder: string, body: KeptBody | undefined): Promise<string | undefined> {
  if (body === undefined) return "";
  if ("text" in body) return body.text;
  const bytes = await readFile(join(folder, body.file));
  const text = bytes.toString("utf8");
  return text.includes("\ufffd") ? undefined : text;
}

async function inFile(
  bytes: Uint8Array,
  { folder, name, extension }: { folder: string; name: string; extension: string },
): Promise<KeptBody> {
  const file = `${name}.${extension}`;
  await writeFile(join(folder, file), bytes);
  return { file };
}

async function keepLarge(from: string, scrubber: Scrubber, to: { folder: string; name: string }): Promise<KeptBody> {
  const head = Buffer.alloc(64);
  const handle = await open(from);
  await handle.read(head);
  await handle.close();
  const file = `${to.name}.${extensionOf(head.toString("latin1"))}`;
  await writeFile(join(to.folder, file), scrubber.bytes(createReadStream(from)));
  return { file };
}

/** JSON over lines, so that a person can read it and a change of it shows; every number and key as it was. */
function laidOut(text: string): { text: string; extension: string } {
  const value = jsonOf(text);
  if (value !== undefined) return { text: `${prettyJson(value)}\n`, extension: "json" };
  const extension = extensionOf(text);
  return { text, extension: extension === "json" ? "txt" : extension }; // such as lines of JSON
}

/** On one line, as a reader of lines of JSON needs even a single one. */
function compact(text: string): string {
  const value = jsonOf(text);
  return value === undefined ? text : printJson(value);
}

/** The object or list that a text is. */
function jsonOf(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return undefined;
  }
}

function extensionOf(text: string): string {
  const start = text.trimStart();
  if (/^[[{]/.test(start)) return "json";
  if (/^<(?:!doctype html|html)/i.test(start)) return "html";
  if (start.startsWith("<")) return "xml";
  return /^[\t\n\r\x20-\x7e]*$/.test(start.slice(0, 64)) ? "txt" : "bin";
}

/** Whether a text can stand in YAML as it is. */
const isPlain = (text: string): boolean => !/[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(text);
