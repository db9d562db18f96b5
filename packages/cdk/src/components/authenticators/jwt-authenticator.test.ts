import { createHmac, generateKeyPairSync, verify, type KeyObject, type SignKeyObjectInput } from "node:crypto";
import { expect, test } from "vitest";
import { parseJson } from "../../json/parse.ts";
import type { Json, JsonObject } from "../../json/value.ts";
import { requestOption } from "../requesters/request-option.ts";
import { buildForTest } from "../shared/build-for-test.ts";
import { jwtAuthenticator } from "./jwt-authenticator.ts";

const components = [jwtAuthenticator, requestOption];

async function sign(spec: JsonObject, config: JsonObject = {}): Promise<string> {
  const manifest = { type: "JwtAuthenticator", ...spec };
  return (await buildForTest("authenticator", manifest, { components, config }).component.credential?.()) ?? "";
}

const part = (token: string, index: number): Json =>
  parseJson(Buffer.from(token.split(".")[index]!, "base64url").toString());

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const padding = { padding: 6, saltLength: -1 };
const dsaEncoding = "ieee-p1363";
const onCurve = (namedCurve: string) => generateKeyPairSync("ec", { namedCurve });
const signatures: readonly [
  string,
  { privateKey: KeyObject; publicKey: KeyObject },
  string | null,
  Partial<SignKeyObjectInput>,
][] = [
  ["RS256", rsa, "sha256", {}],
  ["RS384", rsa, "sha384", {}],
  ["RS512", rsa, "sha512", {}],
  ["PS256", rsa, "sha256", padding],
  ["PS384", rsa, "sha384", padding],
  ["PS512", rsa, "sha512", padding],
  ["ES256", onCurve("prime256v1"), "sha256", { dsaEncoding }],
  ["ES256K", onCurve("secp256k1"), "sha256", { dsaEncoding }],
  ["ES384", onCurve("secp384r1"), "sha384", { dsaEncoding }],
  ["ES512", onCurve("secp521r1"), "sha512", { dsaEncoding }],
  ["EdDSA", generateKeyPairSync("ed25519"), null, {}],
];
test.each(signatures)(
  "%s: the public key knows the signature",
  async (algorithm, { privateKey, publicKey }, hash, how) => {
    const key = String(privateKey.export({ type: "pkcs8", format: "pem" }));
    const token = await sign({ algorithm, secret_key: "{{ config['key'] }}" }, { key: key.replaceAll("\n", " ") });
    const [head, body, signature] = token.split(".");
    const signed = Buffer.from(signature!, "base64url");
    expect(verify(hash, Buffer.from(`${head}.${body}`), { key: publicKey, ...how }, signed)).toBe(true);
  },
);

test.each([
  [{ jwt_payload: { iss: "{{ config['id'] }}" } }, 1, { iss: "12345" }],
  [{ jwt_headers: { kid: "{{ config['id'] }}" } }, 0, { kid: "12345" }],
  [{ jwt_payload: { sub: "{{ config['id'] }}" } }, 1, { sub: 12345 }],
])("an id that is a number: %j", async (spec, index, expected) => {
  const token = await sign({ algorithm: "HS256", secret_key: "s", ...spec }, { id: 12345 });
  expect(part(token, index)).toMatchObject(expected);
});

test.each(["12345", "1e5", "0x1F"])("a secret like a number stays as it is written: %s", async (secret) => {
  const byTemplate = await sign({ algorithm: "HS256", secret_key: "{{ config['s'] }}" }, { s: secret });
  const [head, body, signature] = byTemplate.split(".");
  expect(createHmac("sha256", secret).update(`${head}.${body}`).digest("base64url")).toBe(signature);
});

test.each([
  ["RS256", "not a key", "is no private key"],
  ["RS256", "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", "Was it copied whole?"],
  ["HS256", rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString(), "a secret that both sides share"],
  ["ES256", rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString(), "a key of type prime256v1"],
])("%s by %.20s says what is wrong", async (algorithm, secret_key, said) => {
  const { component: built } = buildForTest(
    "authenticator",
    { type: "JwtAuthenticator", algorithm, secret_key },
    { components },
  );
  await expect(async () => built.credential?.()).rejects.toThrow(said);
});
