import { createPrivateKey, type KeyObject } from "node:crypto";
import { configError } from "../../../../errors.ts";

/**
 * Reads a private key in PEM. Line breaks may be missing, or be blanks: forms with one line make them so.
 * @throws a config error that says what is wrong with it
 */
export function readPrivateKey(text: string, passphrase: string | undefined): KeyObject {
  const [, label, content] = PEM.exec(text) ?? [];
  if (label === undefined || content === undefined) {
    throw unreadable("`secret_key` is no private key: it must begin with a line like -----BEGIN PRIVATE KEY-----.");
  }
  const body = content.includes(":") ? content : wrapped(content);
  const key = `-----BEGIN ${label}-----\n${body.trim()}\n-----END ${label}-----\n`;
  try {
    return createPrivateKey({ key, format: "pem", passphrase });
  } catch (cause) {
    if (/ENCRYPTED/.test(label + content)) {
      const why = passphrase === undefined ? "needs a `passphrase`" : "does not open with this `passphrase`";
      throw unreadable(`the private key of \`secret_key\` ${why}.`, cause);
    }
    throw unreadable("the private key of `secret_key` cannot be read. Was it copied whole?", cause);
  }
}

/** Whether a text is a key of two halves, and so no shared secret. */
export const isKeyFile = (text: string): boolean => PEM.test(text) || /^(?:ssh-|ecdsa-sha2-)/.test(text);

const PEM = /-----BEGIN ([A-Z0-9 ]+)-----([^]*?)-----END \1-----/;

/** In lines of 64 characters, as OpenSSL wants them. */
const wrapped = (content: string): string => content.replace(/\\[rn]|\s+/g, "").replace(/.{64}/g, "$&\n");

const unreadable = (why: string, cause?: unknown): Error => configError(`JwtAuthenticator: ${why}`, { cause });
