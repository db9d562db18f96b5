import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { configError } from "../errors.ts";
import type { Environment } from "./proxy.ts";

/**
 * The authorities to trust where the environment names a bundle of its own. As in `requests`, `REQUESTS_CA_BUNDLE` and
 * `CURL_CA_BUNDLE` stand in place of the usual ones; `SSL_CERT_FILE` adds to them. Undefined where none is named: Node
 * itself then heeds `NODE_EXTRA_CA_CERTS`.
 */
export function trustedContext(environment: Environment): SecureContext | undefined {
  const named = (...variables: string[]): [string, string][] =>
    variables.flatMap((variable): [string, string][] => {
      const path = environment[variable] ?? "";
      return path === "" ? [] : [[path, variable]];
    });
  const instead = named("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE");
  const beside = named("SSL_CERT_FILE");
  if (instead.length + beside.length === 0) return undefined;
  // Often several name the same file, and each certificate takes its time to read.
  const files = new Map([...named("NODE_EXTRA_CA_CERTS"), ...beside, ...instead]);
  const ca = [...files].flatMap(([path, variable]) => readBundle(variable, path));
  return createSecureContext({ ca: [...(instead.length > 0 ? [] : rootCertificates), ...ca].join("\n") });
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
