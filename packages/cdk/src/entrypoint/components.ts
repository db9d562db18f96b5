import type { Component } from "../component.ts";
import { configError } from "../errors.ts";
import type { JsonObject } from "../json/value.ts";
import { injectedCode } from "./injected-code.ts";
import { loadCode } from "./modules/load-code.ts";
import { findModule, loadModule, type Exports, type LoadOptions } from "./modules/load-module.ts";
import { requireUnsafeCode, type Environment } from "./unsafe-code.ts";

/** The components of a connector: those that `components.ts`, or what was made of it, exports beside its manifest. */
export async function loadComponents(folder: string, options?: LoadOptions): Promise<readonly Component[]> {
  const file = findModule(folder, "components");
  return file === undefined ? [] : componentsOf(await loadModule(file, options));
}

/** Where components come from that are no part of the connector. They run where the environment allows such code. */
export interface GivenComponents {
  /** The path of `--components-path`. */
  readonly path?: string | undefined;
  /** A config that may hold code. */
  readonly config: JsonObject;
  readonly manifest: JsonObject;
  /** From where the code's own imports are looked for. */
  readonly folder: string;
  readonly env: Environment;
}

/** The components that whoever calls the connector gives to it. */
export async function givenComponents(given: GivenComponents): Promise<readonly Component[]> {
  const { path, folder, env } = given;
  const components: Component[] = [];
  if (path !== undefined) {
    requireUnsafeCode(env, `The components of ${path}`);
    if (path.endsWith(".py")) {
      throw configError(
        `The components of ${path} are written in Python, which cannot run here. Write them in TypeScript, and give that file.`,
        { code: "python-code" },
      );
    }
    components.push(...componentsOf(await loadModule(path)));
  }
  const code = injectedCode(given);
  if (code !== undefined) components.push(...componentsOf(await loadCode(code.text, code.key, folder)));
  return components;
}

/** The components that a module exports. */
export const componentsOf = (module: Exports): Component[] => Object.values(module).filter(isComponent);

function isComponent(value: unknown): value is Component {
  return typeof value === "object" && value !== null && "kind" in value && "type" in value && "create" in value;
}
