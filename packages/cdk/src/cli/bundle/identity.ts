import { join } from "node:path";
import type { Connector } from "../connector/open-connector.ts";
import { readDescribed, readMetadata, textOf } from "../connector/read-metadata.ts";

/** The name and version of a connector: of its `metadata.yaml`, else of its `package.json`, else of its folder. */
export async function identityOf({ folder, name }: Connector): Promise<{ name: string; version: string }> {
  const { dockerRepository, dockerImageTag } = await readMetadata(folder);
  const described = await readDescribed(join(folder, "package.json"), JSON.parse);
  return {
    name: textOf(dockerRepository) ?? textOf(described["name"]) ?? name,
    version: textOf(dockerImageTag) ?? textOf(described["version"]) ?? "0.0.0",
  };
}
