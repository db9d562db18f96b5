import { constants, createHmac, sign, type KeyObject } from "node:crypto";
import { configError } from "../../../../errors.ts";
import { isKeyFile, readPrivateKey } from "./private-key.ts";

/** How a private key signs. */
interface Method {
  /** Undefined where the key itself says. */
  readonly hash: string | undefined;
  /** The types that the key may have; of keys on a curve its name. */
  readonly types: readonly string[];
  readonly options?:
    { readonly padding?: number; readonly saltLength?: number; readonly dsaEncoding?: "ieee-p1363" } | undefined;
}

type SecretAlgorithm = "HS256" | "HS384" | "HS512";
type KeyAlgorithm = `${"ES" | "RS" | "PS"}${"256" | "384" | "512"}` | "ES256K" | "EdDSA";
export type Algorithm = SecretAlgorithm | KeyAlgorithm;

const pss: Method["options"] = {
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
};
const onCurve: Method["options"] = { dsaEncoding: "ieee-p1363" };

const SECRETS: Readonly<Record<SecretAlgorithm, string>> = { HS256: "sha256", HS384: "sha384", HS512: "sha512" };
const METHODS: Readonly<Record<KeyAlgorithm, Method>> = {
  ES256: { hash: "sha256", types: ["prime256v1"], options: onCurve },
  ES256K: { hash: "sha256", types: ["secp256k1"], options: onCurve },
  ES384: { hash: "sha384", types: ["secp384r1"], options: onCurve },
  ES512: { hash: "sha512", types: ["secp521r1"], options: onCurve },
  RS256: { hash: "sha256", types: ["rsa"] },
  RS384: { hash: "sha384", types: ["rsa"] },
  RS512: { hash: "sha512", types: ["rsa"] },
  PS256: { hash: "sha256", types: ["rsa"], options: pss },
  PS384: { hash: "sha384", types: ["rsa"], options: pss },
  PS512: { hash: "sha512", types: ["rsa"], options: pss },
  EdDSA: { hash: undefined, types: ["ed25519", "ed448"] },
};
// Object.keys forgets which keys there are.
export const ALGORITHMS: readonly Algorithm[] = Object.keys({ ...SECRETS, ...METHODS }) as Algorithm[];

/** Signs a text by a secret or a private key, as the config gives it. An empty passphrase is none. */
export type Signer = (text: string, key: string, passphrase: string) => Buffer;

export function createSigner(algorithm: Algorithm): Signer {
  return isSecret(algorithm) ? bySecret(algorithm, SECRETS[algorithm]) : byPrivateKey(algorithm, METHODS[algorithm]);
}

const isSecret = (algorithm: Algorithm): algorithm is SecretAlgorithm => algorithm in SECRETS;

function bySecret(algorithm: string, hash: string): Signer {
  return (text, key, passphrase) => {
    if (key === "") throw configError("JwtAuthenticator: `secret_key` comes to nothing.");
    if (passphrase !== "" || isKeyFile(key)) {
      throw configError(
        `JwtAuthenticator: ${algorithm} signs with a secret that both sides share, but \`secret_key\` is a private or public key.`,
      );
    }
    return createHmac(hash, key).update(text).digest();
  };
}

/** A key is read when it is first signed with, and again when it has changed. */
function byPrivateKey(algorithm: string, { hash, types, options }: Method): Signer {
  let known: { readonly text: string; readonly passphrase: string; readonly key: KeyObject } | undefined;
  return (text, keyText, passphrase) => {
    if (known?.text !== keyText || known.passphrase !== passphrase) {
      const key = readPrivateKey(keyText, passphrase === "" ? undefined : passphrase);
      const type = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType ?? "";
      if (!types.includes(type)) {
        throw configError(
          `JwtAuthenticator: ${algorithm} signs with a key of type ${types.join(" or ")}, but that of \`secret_key\` is of type ${type}.`,
        );
      }
      known = { text: keyText, passphrase, key };
    }
    return sign(hash, Buffer.from(text), { key: known.key, ...options });
  };
}
