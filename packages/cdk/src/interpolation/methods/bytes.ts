import { valueError } from "../failure.ts";
import { method, textArgument, type Method } from "../value/call.ts";
import type { Bytes } from "../value/value.ts";

export const bytesMethods: Readonly<Record<string, Method<Bytes> | undefined>> = {
  decode: method(
    0,
    2,
    (bytes, encoding) => decode(bytes.data, encoding === undefined ? "utf-8" : textArgument(encoding)),
    ["encoding", "errors"],
  ),
  hex: method(0, 0, (bytes) => Buffer.from(bytes.data).toString("hex")),
};

/** The text that the bytes encode. */
export function decode(data: Uint8Array, encoding: string): string {
  const name = encoding.toLowerCase().replaceAll("_", "-");
  if (name === "latin-1" || name === "iso-8859-1") return Buffer.from(data).toString("latin1");
  if (name !== "utf-8" && name !== "utf8" && name !== "ascii") throw valueError(`unknown encoding: ${encoding}`);
  try {
    if (name === "ascii" && data.some((byte) => byte > 127)) throw new RangeError("not ASCII");
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    // The decoder's own message says no more.
    throw valueError(`'${name}' codec can't decode the bytes`);
  }
}
