import { createHash, createHmac } from "node:crypto";
import { fail, typeError, valueError } from "../failure.ts";
import { decode } from "../methods/bytes.ts";
import { pythonRegex } from "../python-regex.ts";
import { method, textArgument } from "../value/call.ts";
import { isText, typeName } from "../value/kind.ts";
import { str } from "../value/text.ts";
import { truthy } from "../value/truth.ts";
import { raiseUndefined } from "../value/undefined.ts";
import { Undefined, type Value } from "../value/value.ts";
import type { Filters } from "./filters.ts";

const HASHES: Readonly<Record<string, string>> = {
  md5: "md5",
  sha1: "sha1",
  sha224: "sha224",
  sha256: "sha256",
  sha384: "sha384",
  sha512: "sha512",
  sha3_224: "sha3-224",
  sha3_256: "sha3-256",
  sha3_384: "sha3-384",
  sha3_512: "sha3-512",
  blake2b: "blake2b512",
  blake2s: "blake2s256",
};

/** The filters that the manifest language adds: hashes, codes, regular expressions. */
export const codecFilters: Filters = {
  hash: method(
    0,
    2,
    (value, type = "md5", salt = null) => {
      const name = textArgument(type, "hash_type");
      const algorithm = Object.hasOwn(HASHES, name) ? HASHES[name] : undefined;
      if (algorithm === undefined) {
        if (name.startsWith("shake_")) throw typeError("hexdigest() missing required argument 'length' (pos 1)");
        throw fail("AttributeError", `No hashing function named ${name}`);
      }
      const hash = createHash(algorithm).update(str(value), "utf8");
      if (truthy(salt)) hash.update(str(salt), "utf8");
      return hash.digest("hex");
    },
    ["hash_type", "salt"],
  ),
  hmac: method(
    1,
    2,
    (value, key, type = "sha256") => {
      if (type !== "sha256") {
        throw valueError(`Hash type '${str(type)}' is not allowed. Allowed types: sha256`);
      }
      return createHmac("sha256", str(key!)).update(str(value), "utf8").digest("hex");
    },
    ["key", "hash_type"],
  ),
  base64encode: method(0, 0, (value) => Buffer.from(encodable(value), "utf8").toString("base64")),
  base64decode: method(0, 0, (value) => decodeBase64(encodable(value))),
  base64binascii_decode: method(0, 0, (value) => {
    const text = encodable(value);
    if (!/^[\x00-\x7f]*$/.test(text))
      throw valueError("'ascii' codec can't encode characters: ordinal not in range(128)");
    return Buffer.from(text, "latin1").toString("base64");
  }),
  regex_search: method(
    1,
    1,
    (value, pattern) => {
      const match = pythonRegex(textArgument(pattern, "pattern")).search(subject(value));
      if (match === undefined || match.groups.length === 0) return "";
      return match.groups[0] ?? null;
    },
    ["regex"],
  ),
  regex_replace: method(
    2,
    2,
    (value, pattern, replacement) =>
      pythonRegex(textArgument(pattern, "pattern")).replace(subject(value), textArgument(replacement, "replacement")),
    ["regex", "replacement"],
  ),
};

/** What a regular expression is held against must be text. */
function subject(value: Value): string {
  if (isText(value)) return str(value);
  throw typeError(`expected string or bytes-like object, got '${typeName(value)}'`);
}

function encodable(value: Value): string {
  if (value instanceof Undefined) raiseUndefined(value);
  if (isText(value)) return str(value);
  throw fail("AttributeError", `'${typeName(value)}' object has no attribute 'encode'`);
}

/** Python's lenient decoding: characters that are no base64 are passed over, but the padding must be there. */
function decodeBase64(text: string): string {
  let digits = "";
  let padding = 0;
  for (const character of text) {
    if (/[A-Za-z0-9+/]/.test(character)) {
      digits += character;
      padding = 0;
    } else if (character === "=" && digits.length % 4 >= 2 && (digits.length % 4) + ++padding >= 4) break;
  }
  const rest = digits.length % 4;
  if (rest === 1)
    throw valueError("Invalid base64-encoded string: number of data characters cannot be 1 more than a multiple of 4");
  if (rest !== 0 && rest + padding < 4) throw valueError("Incorrect padding");
  return decode(Buffer.from(digits, "base64"), "utf-8");
}
