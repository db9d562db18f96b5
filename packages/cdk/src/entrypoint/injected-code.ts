import { createHash } from "node:crypto";
import { configError } from "../errors.ts";
import { entries, get, has, isList, isObject, keys, type Json } from "../json/value.ts";
import type { GivenComponents } from "./components.ts";
import { requireUnsafeCode } from "./unsafe-code.ts";

/** The config key that may hold components in TypeScript or JavaScript; their checksums stand under {@link sumsOf} it. */
const CODE = "__injected_components_js";
/** The reference's key. */
const PYTHON = "__injected_components_py";
const sumsOf = (key: string): string => `${key}_checksums`;

/** The keys of a config that hold code, and what belongs to it. */
export const codeKeys: readonly string[] = [CODE, PYTHON].flatMap((key) => [key, sumsOf(key)]);

const ALGORITHMS = ["md5", "sha256"];

/** The code that a config holds, once it may run and is what its checksums say; undefined where there is none. */
export function injectedCode({
  config,
  manifest,
  env,
}: GivenComponents): { readonly key: string; readonly text: string } | undefined {
  const texts = [CODE, PYTHON].map((key) => {
    const text = get(config, key);
    if (text === undefined || text === null || text === "") return undefined;
    requireUnsafeCode(env, `The code in ${key} of the config`);
    if (typeof text !== "string") throw configError(`${key} of the config must be a text.`, { code: "injected-code" });
    requireSums(key, text, get(config, sumsOf(key)));
    return text;
  });
  const [text, python] = texts;
  if (text !== undefined) return { key: CODE, text };
  // Code that nothing asks for would not change what the reference does either.
  if (python === undefined || !namesClass(manifest)) return undefined;
  throw configError(
    `The config brings components written in Python along (${PYTHON}), which cannot run here. Write them in TypeScript, and ` +
      `give them as ${CODE}, with ${sumsOf(CODE)}.`,
    { code: "python-code" },
  );
}

function requireSums(key: string, text: string, sums: Json | undefined): void {
  if (sums === undefined || !isObject(sums) || keys(sums).length === 0) {
    throw configError(
      `The code in ${key} of the config needs a checksum: give ${sumsOf(key)}, such as { "sha256": "…" }.`,
      { code: "checksum-missing" },
    );
  }
  for (const [algorithm, expected] of entries(sums)) {
    if (!ALGORITHMS.includes(algorithm)) {
      throw configError(
        `${sumsOf(key)} names the algorithm "${algorithm}", which is not supported: ${ALGORITHMS.join(" and ")} are.`,
        { code: "checksum-unsupported" },
      );
    }
    const actual = createHash(algorithm).update(text).digest("hex");
    if (actual === expected) continue;
    throw configError(
      `The code in ${key} of the config was changed: its ${algorithm} is ${actual}, and ${sumsOf(key)} says ${String(expected)}.`,
      { code: "checksum-mismatch" },
    );
  }
}

/** Whether the manifest names a class anywhere. */
function namesClass(value: Json): boolean {
  if (isList(value)) return value.some(namesClass);
  return isObject(value) && (has(value, "class_name") || entries(value).some(([, member]) => namesClass(member)));
}
