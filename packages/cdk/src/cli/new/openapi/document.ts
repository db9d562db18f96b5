import { readFile } from "node:fs/promises";
import { dirname, resolve as resolvePath } from "node:path";
import { parse as parseYaml } from "yaml";
import { configError } from "../../../errors.ts";

export type Node = Readonly<Record<string, unknown>>;

/** An OpenAPI description, with the files that it refers to. */
export interface Document {
  readonly root: Node;
  /** The object itself, or what its `$ref` names; an empty one where that is not to be found. */
  resolve(node: unknown): Node;
  /** References that lead nowhere: to the network, or to what is not there. */
  readonly missing: ReadonlySet<string>;
}

/** Reads a description, JSON or YAML, and all files beside it that it refers to. Throws a config error. */
export async function readDocument(file: string): Promise<Document> {
  const files = new Map<string, unknown>();
  const main = resolvePath(file);
  const missing = new Set<string>();
  await load(main);
  const root = files.get(main);
  if (!isNode(root) || (root["openapi"] === undefined && root["swagger"] === undefined)) {
    throw configError(`${file} is no OpenAPI description: it states neither "openapi" nor "swagger" at its top.`);
  }
  return { root, resolve, missing };

  async function load(path: string): Promise<void> {
    const content = await contentOf(path, path === main ? file : path);
    files.set(path, content);
    const pending: unknown[] = [content];
    const others = new Set<string>();
    for (let node = pending.pop(); pending.length > 0 || node !== undefined; node = pending.pop()) {
      if (typeof node !== "object" || node === null) continue;
      pending.push(...(Object.values(node) as unknown[]));
      const reference: unknown = isNode(node) ? node["$ref"] : undefined;
      if (typeof reference !== "string") continue;
      const [target = "", pointer = ""] = reference.split("#");
      if (/^https?:/.test(target)) missing.add(reference);
      else {
        const other = target === "" ? path : resolvePath(dirname(path), target);
        // From here on a reference says its file, whichever file it stands in.
        (node as Record<string, unknown>)["$ref"] = `${other}#${pointer}`; // what was just parsed is ours
        if (!files.has(other)) others.add(other);
      }
    }
    for (const other of others) if (!files.has(other)) await load(other);
  }

  function resolve(node: unknown): Node {
    let current = node;
    for (let depth = 0; depth < 20 && isNode(current); depth++) {
      const reference = current["$ref"];
      if (typeof reference !== "string") return current;
      const [path = "", pointer = ""] = reference.split("#");
      current = find(files.get(path), pointer);
      if (current === undefined) missing.add(reference);
    }
    return {};
  }
}

async function contentOf(path: string, told: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw configError(`${told} cannot be read: ${(error as NodeJS.ErrnoException).code ?? ""}.`, { cause: error });
  }
  try {
    return /^\s*\{/.test(text) ? (JSON.parse(text) as unknown) : (parseYaml(text, { maxAliasCount: -1 }) as unknown);
  } catch (error) {
    throw configError(`${told} is neither JSON nor YAML: ${String(error)}`, { cause: error });
  }
}

/** What a JSON pointer names. */
function find(root: unknown, pointer: string): unknown {
  const parts = pointer.split("/").slice(1);
  return parts.reduce<unknown>((node, part) => {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    return isNode(node) || Array.isArray(node) ? (node as Node)[key] : undefined;
  }, root);
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const nodesOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
