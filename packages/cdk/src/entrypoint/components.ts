import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Component } from "../component.ts";
import { configError } from "../errors.ts";

const FILES = ["components.mjs", "components.js"];

/**
 * The components that a connector brings along: those which the file of `--components-path` exports, where the
 * environment allows such code, and those of `components.mjs` or `components.js` beside the image's manifest.
 */
export async function loadComponents(
  path: string | undefined,
  imageFolder: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Component[]> {
  if (imageFolder !== undefined) {
    const file = FILES.map((name) => join(imageFolder, name)).find((candidate) => existsSync(candidate));
    return file === undefined ? [] : exportedComponents(file);
  }
  if (path === undefined) return [];
  if (env["AIRBYTE_ENABLE_UNSAFE_CODE"]?.toLowerCase() !== "true") {
    throw configError(
      `The custom components of ${path} may not run: set AIRBYTE_ENABLE_UNSAFE_CODE=true where you trust them.`,
      { code: "custom-code-not-allowed" },
    );
  }
  return exportedComponents(path);
}

async function exportedComponents(path: string): Promise<Component[]> {
  if (!/\.[cm]?js$/.test(path)) {
    throw configError(`The components file ${path} must be a JavaScript module: .mjs, .js or .cjs.`, {
      code: "custom-code-no-module",
    });
  }
  let module: Readonly<Record<string, unknown>>;
  try {
    module = (await import(pathToFileURL(resolve(path)).href)) as Readonly<Record<string, unknown>>; // any module is one
  } catch (cause) {
    throw configError(`The components file ${path} cannot be loaded: ${String(cause)}`, { cause });
  }
  return Object.values(module).filter(isComponent);
}

function isComponent(value: unknown): value is Component {
  return typeof value === "object" && value !== null && "kind" in value && "type" in value && "create" in value;
}
