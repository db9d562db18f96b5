import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { configError } from "../errors.ts";
import type { Environment } from "./proxy.ts";

const VARIABLES = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"];

/**
 * The authorities to trust where the environment names a bundle of its own: those of Node, and the bundle's. Undefined
 * where it names none; Node itself then heeds `NODE_EXTRA_CA_CERTS`.
 */
export function trustedContext(environment: Environment): SecureContext | undefined {
  const bundles = VARIABLES.filter((name) => (environment[name] ?? "") !== "");
  if (bundles.length === 0) return undefined;
  const extra = (environment["NODE_EXTRA_CA_CERTS"] ?? "") === "" ? [] : ["NODE_EXTRA_CA_CERTS"];
  const ca = [...bundles, ...extra].flatMap((name) => readBundle(name, environment[name]!));
  return createSecureContext({ ca: [...rootCertificates, ...ca] });
}

function readBundle(variable: string, path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [readFileSync(path, "utf8")];
    const files = readdirSync(path).filter((name) => /\.(?:pem|crt|\d)$/.test(name));
    return files.map((name) => readFileSync(join(path, name), "utf8"));
  } catch (cause) {
    throw configError(`${variable} names "${path}", which cannot be read as certificates.`, { cause });
  }
}
