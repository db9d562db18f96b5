import { isUtf8 } from "node:buffer";

/** The text of these bytes of a body. */
export function bodyText(bytes: Buffer): string {
  assertUtf8(bytes);
  return bytes.toString("utf8");
}

export function assertUtf8(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new SyntaxError("The body is not UTF-8");
}
