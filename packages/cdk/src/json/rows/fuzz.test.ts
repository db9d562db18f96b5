// Random bodies in random chunks: the rows against a parse of the whole body. Every run has the same seed; a longer one:
// FUZZ=300000 SEED=11 npx vitest run packages/cdk/src/json/rows/fuzz.test.ts
import { expect, test } from "vitest";
import { parseCarefully } from "../careful-parse.ts";
import { parseJson } from "../parse.ts";
import { repr } from "../python-text.ts";
import { Float, entries, fromEntries, get, isList, isObject, set, type Json } from "../value.ts";
import { CUTS_END, END, FLAGS, ODD, START, type Batch } from "./batch.ts";
import { createRows } from "./create-rows.ts";
import { extract, valueAt } from "./extract.ts";
import { createRowPrinter } from "./print.ts";

const DOCUMENTS = Number(process.env["FUZZ"] ?? 1500);
const FIELDS = ["id", "updated_at"];
const HEAD = '{"type":"RECORD","record":{"stream":"s \\"é","data":';
const TAIL = ',"emitted_at":7}}';

let seed = (Number(process.env["SEED"] ?? 1) * 2654435761) >>> 0 || 1;
function random(below: number): number {
  seed ^= seed << 13;
  seed >>>= 0;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  seed >>>= 0;
  return seed % below;
}
const one = <T>(list: readonly T[]): T => list[random(list.length)]!;
const many = (most: number, make: () => string): string[] => Array.from({ length: random(most + 1) }, make);

let white = 0; // how much white space this document has
const blank = (): string =>
  white > 0 && random(4) < white ? many(3, () => one([" ", "\n", "\r", "\t", " ", "  "])).join("") : "";
const CHARACTERS = ["a", "Z", "0", " ", "{", "}", "[", "]", ",", ":", "'", "é", "日", "😀", "\u2028", "\u007f"].concat(
  ['\\"', "\\\\", "\\n", "\\/", "\\u0041", "\\ud83d\\ude00", "\\udead", "\\u0000", "\\b\\f\\r\\t"],
  ["null", "NaN", "1.0", ",1e5", "1234567890123456789", "https://example.com/a/long/one"],
);
const KEYS = [
  "id",
  "updated_at",
  "a",
  "b",
  "\\u0069d",
  "é",
  "data",
  "items",
  "next",
  "",
  "__proto__",
  "10",
  "2",
  "007",
];
KEYS.push("constructor", 'a\\"b', "updated\\u005fat", "toString", "\\u0031", "4294967295", "1.5");
const string = (): string => `"${many(6, () => one(CHARACTERS)).join("")}"`;
const key = (): string => (random(5) > 0 ? `"${one(KEYS)}"` : string());
const digits = (length: number): string =>
  String(1 + random(9)) + Array.from({ length: length - 1 }, () => random(10)).join("");
const NUMBERS = [
  () => "0",
  () => "1.0",
  () => digits(1 + random(4)),
  () => digits(14 + random(30)),
  () => `${digits(1 + random(16))}.${one(["0", "00", "9", "5"]).repeat(random(16))}${digits(1 + random(3))}`,
  () => `${digits(3)}.${digits(1 + random(25))}`,
  () => `0.${digits(2)}`,
  () => `${digits(1)}e${random(30)}`,
  () => `${digits(2)}.0E-${random(400)}`,
  () => `${digits(2)}e+${random(400)}`,
  () => (random(30) === 0 ? `${digits(320)}.5` : digits(8)),
];
const number = (): string =>
  random(200) === 0 ? one(["NaN", "Infinity", "-Infinity"]) : one(["", "-"]) + one(NUMBERS)();
function value(depth: number): string {
  const kind = random(depth > 0 ? 10 : 7);
  if (kind < 2) return "null";
  if (kind === 2) return one(["true", "false"]);
  if (kind < 5) return string();
  if (kind < 7) return number();
  return kind < 9 ? object(depth - 1, 5) : list(() => value(depth - 1), 4);
}
const member = (depth: number): string => `${key()}${blank()}:${blank()}${value(depth)}${blank()}`;
const object = (depth: number, most: number): string =>
  `{${blank()}${many(most, () => member(depth)).join(`,${blank()}`)}}`;
const list = (make: () => string, most: number): string =>
  `[${blank()}${many(most, () => make() + blank()).join(`,${blank()}`)}]`;
const record = (): string => (random(12) > 0 ? object(3, 9) : value(2));
const uniform = (): string => `{${["id", "updated_at", "n", "o"].map((name) => `"${name}":${value(1)}`).join(",")}}`;
const ODD_BODIES = ["{}", "{ }", "null", "7", "0", "0.0", '"x"', '""', "false", "[]", "[ ]"];

function document(path: readonly string[], make: () => string): string {
  let text = random(12) > 0 ? list(make, 9) : one([...ODD_BODIES, record()]);
  for (const name of path.toReversed()) {
    const around = (): string =>
      random(2) === 0 ? "" : `${one(['"next"', '"has_more"', key()])}${blank()}:${blank()}${value(2)}${blank()}`;
    const members = [around(), around(), `${JSON.stringify(name)}${blank()}:${blank()}${text}${blank()}`, around()];
    const others = members.filter((each) => each !== "");
    text = random(25) > 0 ? `{${blank()}${others.join(`,${blank()}`)}}` : value(2);
  }
  return blank() + text + blank();
}

function broken(text: string): string {
  const at = random(text.length);
  const piece = one(['"', ",", "}", "]", "{", "[", "\\", "\u0001", "x", "0", ":", "-", ".", "nul", "\n"]);
  const cut = random(2) === 0 ? text.slice(0, at) : text.slice(0, at) + piece + text.slice(at + random(2));
  return Buffer.from(cut).toString(); // half a surrogate pair cannot be sent
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|NaN|-?Infinity/g;
/** The value of JSON.parse with numbers as marked strings, so that their digits can be compared. */
const exact = (text: string): unknown =>
  JSON.parse(text.replace(TOKEN, (token) => (token.startsWith('"') ? token : `"\\u0002${token}"`)));
const isJson = (text: string): boolean => {
  try {
    exact(text);
    return true;
  } catch {
    return false;
  }
};
const withoutNulls = (row: Json): Json =>
  isObject(row) ? fromEntries(entries(row).filter(([, item]) => item !== null)) : row;
/** What is not finite prints as null. */
function finite(item: Json): Json {
  if (item instanceof Float) return Number.isFinite(item.value) ? item : null;
  if (isList(item)) return item.map(finite);
  return isObject(item) ? fromEntries(entries(item).map(([name, each]) => [name, finite(each)] as const)) : item;
}
/** Members of all objects; fewer than colons where a key came twice. */
function members(item: Json): number {
  if (isList(item)) return item.reduce<number>((sum, each) => sum + members(each), 0);
  return isObject(item) ? entries(item).reduce((sum, [, each]) => sum + 1 + members(each), 0) : 0;
}

interface Expected {
  readonly rows: readonly Json[];
  readonly body?: Json;
  readonly skipped: readonly string[];
}
function expectedOf(text: string, path: readonly string[], lines: boolean): Expected | undefined {
  if (!lines) {
    if (!isJson(text)) return undefined;
    const body = parseCarefully(text);
    return { rows: extract(body, path), body, skipped: [] };
  }
  const all = text.split("\n").map((line) => line.replace(/^[ \t\r]+/, ""));
  const bodies = all.filter((line) => line !== "");
  return {
    rows: extract(
      bodies.filter(isJson).map((line) => parseCarefully(line)),
      [],
    ),
    skipped: bodies.filter((line) => !isJson(line)),
  };
}

const tally = { documents: 0, rows: 0, raw: 0, odd: 0, cut: 0, whole: 0, early: 0, refused: 0, twice: 0, skipped: 0 };

function check(text: string, path: readonly string[], lines: boolean): void {
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  const expected = expectedOf(plain, path, lines);
  const skipped: string[] = [];
  const reader = createRows({ path, fields: FIELDS, lines, skipLine: (line) => skipped.push(line) });
  let out = "";
  const printer = createRowPrinter((bytes) => (out += Buffer.from(bytes).toString("latin1")), one([200, 4000]));
  const seen: [Batch, number][] = [];
  const take = (batch: Batch): void => {
    expect(batch.length).toBeGreaterThan(0);
    printer.rows(batch, HEAD, `${TAIL}\n`);
    for (let i = 0; i < batch.length; i++) seen.push([batch, i]);
  };
  let response: Json | undefined;
  try {
    const bytes = Buffer.from(text);
    const longest = one(bytes.length < 300 ? [1, 3, 17, 200] : [17, 200, 1 << 20]);
    for (let at = 0; at < bytes.length;) {
      const length = 1 + random(longest);
      for (const batch of reader.push(bytes.subarray(at, at + length))) take(batch);
      if (random(4) === 0)
        createRows({ fields: ["x"] })
          .push(Buffer.from('[{"x":1}]'))
          .next(); // another reader in between
      if (random(50) === 0) parseJson('["another text"]');
      at += length;
    }
    if (seen.length > 0) tally.early++;
    const rest = reader.end();
    let step = rest.next();
    for (; step.done !== true; step = rest.next()) take(step.value);
    response = step.value;
    printer.flush();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (expected === undefined) {
      tally.refused++;
      return;
    }
    const colons = plain.replace(/"(?:[^"\\]|\\.)*"/g, "").split(":").length - 1;
    if (!error.message.endsWith("twice") || members(expected.body ?? null) >= colons) throw error;
    tally.twice++;
    return;
  }
  if (expected === undefined) throw new Error("accepted what is no JSON");
  expect(skipped).toEqual(expected.skipped);
  tally.skipped += skipped.length;
  expect(seen.length).toBe(expected.rows.length);
  const printed = Buffer.from(out, "latin1").toString().split("\n").slice(0, -1);
  expect(printed.length).toBe(seen.length);
  seen.forEach(([batch, i], at) => checkRow(batch, i, expected.rows[at]!, printed[at]!));
  tally.rows += seen.length;
  if (!lines) checkResponse(response, expected.body!, path, seen[0]?.[0]);
}

function checkRow(batch: Batch, i: number, expected: Json, line: string): void {
  if (!line.startsWith(HEAD) || !line.endsWith(TAIL) || /[\r\t]/.test(line)) throw new Error(`line ${line}`);
  const data = line.slice(HEAD.length, -TAIL.length);
  if (data !== batch.text(i)) throw new Error(`text ${batch.text(i)} of ${data}`);
  const places = batch.places;
  if (places !== undefined && (places.at[i * places.stride + FLAGS]! & ODD) === 0) {
    const { at, stride, bytes } = places;
    const source = bytes.toString("utf8", at[i * stride + START], at[i * stride + END]);
    const row = exact(source);
    if (isObject(row)) for (const name of Object.keys(row)) if (row[name] === null) delete row[name];
    same(JSON.stringify(exact(data)), JSON.stringify(row), "digits");
    tally.raw++;
    if (at[i * stride + CUTS_END]! > (i === 0 ? 0 : at[(i - 1) * stride + CUTS_END]!)) tally.cut++;
  } else tally.odd++;
  same(repr(finite(parseCarefully(data))), repr(finite(withoutNulls(expected))), "printed");
  for (const name of FIELDS) {
    const field = batch.field(i, name);
    const wanted = isObject(expected) ? get(expected, name) : undefined;
    same(field === undefined ? "" : repr(field), wanted === undefined ? "" : repr(wanted), name);
  }
  same(repr(batch.value(i)), repr(expected), "value");
}

function checkResponse(
  response: Json | undefined,
  body: Json,
  path: readonly string[],
  batch: Batch | undefined,
): void {
  const actual = repr(response ?? null);
  if (actual === repr(body)) {
    if (batch !== undefined && batch.places === undefined) tally.whole++;
    return;
  }
  const rows = valueAt(body, path);
  const nothing = isList(rows) ? [] : {};
  const parent = valueAt(body, path.slice(0, -1));
  if (path.length > 0 && isObject(parent)) set(parent, path.at(-1)!, nothing);
  same(actual, repr(path.length > 0 ? body : nothing), "response");
}

/** Much faster than `expect`, of which there would be millions. */
function same(actual: string, expected: string, what: string): void {
  if (actual !== expected) throw new Error(`${what}\n got  ${actual}\n want ${expected}`);
}

test(
  `${DOCUMENTS} random bodies`,
  () => {
    for (let n = 0; n < DOCUMENTS; n++) {
      white = random(3) > 0 ? 0 : 1 + random(3);
      const path = one([[], ["data"], ["data"], ["result", "items"], ["a", "b", "c"]]);
      const lines = random(8) === 0;
      if (lines) white = 0;
      const make = random(3) > 0 ? record : uniform;
      let text = lines
        ? many(9, () => one(["", "", " "]) + make()).join(one(["\n", "\r\n", "\n\n"])) + one(["", "\n"])
        : document(path, make);
      if (random(20) === 0) text = `\ufeff${text}`;
      if (random(10) === 0 && text.length > 0) text = broken(text);
      tally.documents++;
      try {
        check(text, path, lines);
      } catch (error) {
        throw new Error(`document ${n}, path ${path.join(".")}, lines ${lines}\n${JSON.stringify(text)}`, {
          cause: error,
        });
      }
    }
    if (process.env["FUZZ"] !== undefined) console.log(tally);
    expect(tally.rows).toBeGreaterThan(DOCUMENTS);
    expect(tally.raw).toBeGreaterThan(tally.rows / 4);
  },
  Infinity,
);
