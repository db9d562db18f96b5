import { configError } from "../errors.ts";
import type { Source } from "../source.ts";
import type { Exports } from "./modules/load-module.ts";

/**
 * The source that a module exports: as `source`, by default, or under any other name.
 * @param path how the module is called in the message of the config error where it exports none
 */
export function sourceOf(module: Exports, path: string): Source {
  const found = [module["source"], module["default"], ...Object.values(module)].find(isSource);
  if (found !== undefined) return found;
  throw configError(`${path} exports no source: export what \`createSource\` gives as \`source\`.`, {
    code: "no-connector",
  });
}

function isSource(value: unknown): value is Source {
  if (typeof value !== "object" || value === null) return false;
  const members = value as Partial<Record<string, unknown>>; // an object has members
  return ["spec", "check", "discover", "read"].every((verb) => typeof members[verb] === "function");
}
