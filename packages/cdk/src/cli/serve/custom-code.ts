import { createHash } from "node:crypto";
import type { Component } from "../../component.ts";
import { givenComponents } from "../../entrypoint/components.ts";
import { codeKeys } from "../../entrypoint/injected-code.ts";
import { copy, get, has, isObject, remove, set, type JsonObject } from "../../json/value.ts";

/** The components of the code that comes with a request. @throws where the environment does not allow it, or it is Python */
export function componentsOf(request: JsonObject, manifest: JsonObject): Promise<readonly Component[]> {
  return givenComponents({ config: withCode(request), manifest, folder: process.cwd(), env: process.env });
}

/** The config without the code in it. */
export function configOf(request: JsonObject): JsonObject {
  const config = copy(member(request, "config"));
  for (const key of codeKeys) if (has(config, key)) remove(config, key);
  return config;
}

export function bringsCode(request: JsonObject): boolean {
  const config = withCode(request);
  return codeKeys.some((key) => has(config, key));
}

/** A member that is an object in a validated request. */
export function member(request: JsonObject, name: string): JsonObject {
  const value = get(request, name);
  return isObject(value) ? value : {};
}

/** The config with the request's own code put in, under the key of its language: Python for the platform's builder. */
function withCode(request: JsonObject): JsonObject {
  const config = member(request, "config");
  const code = get(request, "custom_components_code");
  if (typeof code !== "string" || code === "") return config;
  const [script, scriptSums, python, pythonSums] = codeKeys;
  const [key, sums] = PYTHON.test(code) ? [python, pythonSums] : [script, scriptSums];
  const own = copy(config);
  set(own, key!, code); // there are four
  set(own, sums!, { md5: createHash("md5").update(code).digest("hex") });
  return own;
}

/** Lines that Python has and TypeScript has not. */
const PYTHON = /^\s*(?:from\s+[\w.]+\s+import\s|def\s+\w+\s*\(|class\s+\w+.*:\s*$|@dataclass)/m;
