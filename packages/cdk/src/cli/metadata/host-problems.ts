import { get, has, type JsonObject } from "../../json/value.ts";
import type { Problem } from "../../manifest/check/problem.ts";
import type { Found } from "./check-metadata.ts";
import { manifestHosts } from "./manifest-hosts.ts";
import { mappingOf, textsOf } from "./members.ts";

/** `allowedHosts` beside the hosts that the manifest speaks to: a platform that heeds them lets no other request out. */
export function hostProblems(data: JsonObject, manifest: JsonObject | undefined, found: Found): Problem[] {
  const stated = mappingOf(get(data, "allowedHosts"));
  if (manifest === undefined || !has(stated, "hosts")) return [];
  const allowed = textsOf(get(stated, "hosts"));
  const { hosts, hasUnknown } = manifestHosts(manifest);
  const path = ["data", "allowedHosts", "hosts"];
  const refused = hosts.filter((host) => !isOnlyField(host) && !allowed.some((pattern) => admits(pattern, host)));
  const isCertain = !hasUnknown && !hosts.some(isOnlyField);
  return [
    ...refused.map((host) =>
      found(
        "warning",
        "host-not-allowed",
        path,
        `The manifest speaks to ${host}, which allowedHosts does not let it reach.`,
      ),
    ),
    ...allowed.flatMap((pattern, index) =>
      !isCertain || hosts.some((host) => admits(pattern, host))
        ? []
        : [found("note", "unused-host", [...path, index], `The manifest speaks to no host that is ${pattern}.`)],
    ),
  ];
}

/** An address whose domain is the user's choice. */
const isOnlyField = (host: string): boolean => /^\$\{[^}]*\}[^.]*$/.test(host);

/** `*` and fields of the config stand for anything; a domain is taken for its subdomains too, which public connectors rely on. */
function admits(pattern: string, host: string): boolean {
  const bare = pattern.replace(/^https?:\/\//, "").replace(/[/:].*$/, "");
  const source = bare.split(/(\*|\$\{[^}]*\})/).map((part) => (/^(?:\*|\$\{)/.test(part) ? ".*" : escaped(part)));
  return new RegExp(`^(?:.*\\.)?${source.join("")}$`, "i").test(host);
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
