import type { Component } from "../component.ts";
import { configError } from "../errors.ts";
import { findModule, loadModule } from "./modules/load-module.ts";

/**
 * The components that a connector brings along: those which the file of `--components-path` exports, where the
 * environment allows such code, and those of `components.ts`, or what was made of it, beside the image's manifest.
 */
export async function loadComponents(
  path: string | undefined,
  imageFolder: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Component[]> {
  if (imageFolder !== undefined) {
    const file = findModule(imageFolder, "components");
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
  return Object.values(await loadModule(path)).filter(isComponent);
}

function isComponent(value: unknown): value is Component {
  return typeof value === "object" && value !== null && "kind" in value && "type" in value && "create" in value;
}
