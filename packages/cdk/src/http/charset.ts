/** The charset that a Content-Type states or implies, as `requests` reads it; undefined where it leaves it open. */
export function statedCharset(contentType: string | undefined): string | undefined {
  if (contentType === undefined || contentType === "") return undefined;
  const [type = "", ...parameters] = contentType.split(";");
  let charset: string | undefined;
  for (const parameter of parameters) {
    const at = parameter.indexOf("=");
    if (at < 0) continue;
    if (strip(parameter.slice(0, at)).toLowerCase() === "charset") charset = strip(parameter.slice(at + 1));
  }
  if (charset !== undefined) return charset;
  if (type.includes("text")) return "iso-8859-1";
  return type.includes("application/json") ? "utf-8" : undefined;
}

/**
 * A body as text. What cannot be decoded becomes U+FFFD. Where no charset is stated, UTF-8 if it is that, else Latin-1;
 * the reference guesses among more.
 */
export function decodeText(bytes: Uint8Array, contentType: string | undefined): string {
  const charset = statedCharset(contentType);
  return charset === undefined ? guess(bytes) : decodeAs(bytes, charset);
}

/**
 * A body as the text that is then read as JSON: where no charset is stated, the first bytes tell one Unicode encoding
 * from another.
 */
export function decodeJsonText(bytes: Uint8Array, contentType: string | undefined): string {
  const charset = statedCharset(contentType);
  if (charset !== undefined && charset !== "") return decodeAs(bytes, charset);
  const encoding = bytes.length > 3 ? unicodeEncoding(bytes) : undefined;
  try {
    if (encoding !== undefined) return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Not what it looked like: then as any text.
  }
  return decodeText(bytes, contentType);
}

const strip = (text: string): string => text.replace(/^["' ]+|["' ]+$/g, "");

function guess(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  }
}

function decodeAs(bytes: Uint8Array, charset: string): string {
  const name = charset.toLowerCase().replaceAll("_", "-");
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The web's decoders take these for windows-1252.
  if (/^(?:iso-?8859-1|latin-?1|l1|cp819|8859)$/.test(name)) return buffer.toString("latin1");
  if (/^(?:us-)?ascii$/.test(name)) return buffer.toString("latin1").replace(/[\x80-\xff]/g, "\ufffd");
  // Node's decoder takes this one for Latin-1.
  if (/^(?:windows-|cp)?1252$/.test(name)) return buffer.toString("latin1").replace(/[\x80-\x9f]/g, windows1252);
  if (/^utf-?8-sig$/.test(name)) return new TextDecoder().decode(bytes);
  try {
    return new TextDecoder(name.replace(/^utf(?=\d)/, "utf-"), { ignoreBOM: name !== "utf-16" }).decode(bytes);
  } catch {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes); // a charset that nobody knows
  }
}

function unicodeEncoding(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  const zeros = [a, b, c, d].filter((byte) => byte === 0).length;
  if (zeros === 0) return "utf-8";
  if (zeros === 2 && a === 0 && c === 0) return "utf-16be";
  if (zeros === 2 && b === 0 && d === 0) return "utf-16le";
  return undefined;
}

const windows1252 = (character: string): string =>
  "€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ".charAt(character.charCodeAt(0) - 128);
