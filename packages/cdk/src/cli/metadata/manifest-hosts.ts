import { entries, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";

/** Members that name an address which the connector speaks to by itself. */
const ADDRESSES = new Set(["url", "url_base", "token_refresh_endpoint"]);
const FIELD =
  /\{\{\s*config(?:\.(\w+)|\[\s*["']([^"']+)["']\s*\]|\.get\(\s*["']([^"']+)["'][^)]*\))\s*(?:\|\s*\w+\s*)?\}\}/g;

export interface ManifestHosts {
  /** As a registry writes them: a field of the config in them is `${subdomain}`. */
  readonly hosts: readonly string[];
  /** Whether some addresses are known only in a read. */
  readonly hasUnknown: boolean;
}

/** The hosts that a resolved manifest's streams speak to, in order. */
export function manifestHosts(manifest: JsonObject): ManifestHosts {
  const hosts = new Set<string>();
  let hasUnknown = false;

  function add(address: string): void {
    const host = hostOf(address);
    if (host === undefined) hasUnknown = true;
    else hosts.add(host);
  }
  function walk(value: Json): void {
    if (isList(value)) return value.forEach(walk);
    if (!isObject(value)) return;
    for (const [key, member] of entries(value)) {
      if (ADDRESSES.has(key) && typeof member === "string" && member !== "") add(member);
      else if (key !== "schema" && key !== "$parameters") walk(member);
    }
  }
  // What stands under definitions only counts where it is used; the spec's addresses are the platform's.
  for (const [key, member] of entries(manifest)) if (key !== "definitions" && key !== "spec") walk(member);
  return { hosts: [...hosts], hasUnknown };
}

/** Undefined where a template tells the host only in a read. */
export function hostOf(address: string): string | undefined {
  const plain = address.trim().replaceAll(FIELD, (_, ...names: (string | undefined)[]) => {
    return `\${${names.slice(0, 3).find((name) => name !== undefined)!}}`;
  });
  const host = /^(?:https?:\/\/)?(?:[^/@]*@)?((?:\$\{[^}]*\}|\{\{.*?\}\}|[^/:?#{])*)/i.exec(plain)?.[1] ?? "";
  return host === "" || /[{]{2}|\{%/.test(host)
    ? undefined
    : host.toLowerCase().includes("${")
      ? host
      : host.toLowerCase();
}
