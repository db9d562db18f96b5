import { configError } from "../../../errors.ts";
import { parseReference } from "../reference.ts";
import type { RegistryOptions } from "../registry/client.ts";
import { withoutAccount } from "../registry/credentials.ts";
import type { Base } from "./base.ts";

/**
 * Opens what `--base` names: `node` (this machine's), `node:PATH` (another executable), `oci:FOLDER[:TAG]`, the path of a tar, or an
 * image of a registry.
 * @param target the registry that the image is sent to: where it is another one, the base's sees nothing of its account
 */
export async function openBase(name: string, options: RegistryOptions, target?: string): Promise<Base> {
  if (name === "node" || name.startsWith("node:")) {
    const { nodeBase } = await import("./node-base.ts");
    return nodeBase(name === "node" ? undefined : name.slice("node:".length));
  }
  if (name.startsWith("oci:")) {
    const { layoutBase } = await import("./layout-base.ts");
    const [, folder = "", tag] = /^oci:(.*?)(?::([\w][\w.-]*))?$/s.exec(name) ?? [];
    return layoutBase(folder, tag);
  }
  if (/\.(?:tar|tar\.gz|tgz)$/.test(name)) {
    const { archiveBase } = await import("./archive-base.ts");
    return archiveBase(name, undefined);
  }
  const { registryBase } = await import("./registry-base.ts");
  try {
    const reference = parseReference(name);
    const isTarget = target === undefined || target === reference.registry;
    return await registryBase(reference, isTarget ? options : { ...options, env: withoutAccount(options.env) });
  } catch (cause) {
    if (!(cause instanceof Error) || !("code" in cause) || cause.code !== "bad-reference") throw cause;
    throw configError(
      `--base ${name} names no base: it is node, oci:FOLDER, a file that ends in .tar, or an image with its registry.`,
      { code: "bad-base", cause },
    );
  }
}
