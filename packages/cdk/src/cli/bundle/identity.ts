import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { configError } from "../../errors.ts";
import type { Connector } from "../connector/open-connector.ts";

/** The name and version of a connector: of its `metadata.yaml`, else of its `package.json`, else of its folder. */
export async function identityOf({ folder, name }: Connector): Promise<{ name: string; version: string }> {
  const metadata = await readObject(join(folder, "metadata.yaml"), parse);
  const { dockerRepository, dockerImageTag } = (metadata?.["data"] ?? {}) as Readonly<Record<string, unknown>>;
  const described = await readObject(join(folder, "package.json"), JSON.parse);
  return {
    name: text(dockerRepository) ?? text(described?.["name"]) ?? name,
    version: text(dockerImageTag) ?? text(described?.["version"]) ?? "0.0.0",
  };
}

async function readObject(
  path: string,
  parser: (text: string) => unknown,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    const value = parser(await readFile(path, "utf8"));
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch (cause) {
    throw configError(`${path} cannot be read: ${String(cause)}`, { cause });
  }
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
