import type { JsonObject } from "../../../json/value.ts";
import type { Names } from "./names.ts";

export type Language = "manifest-only" | "typescript";

/** What a registry is told of a connector; `hosts` are those that it speaks to. */
export function metadataOf(
  { name, title, definitionId }: Names,
  language: Language,
  hosts: readonly string[],
  documentationUrl: string,
): JsonObject {
  return {
    metadataSpecVersion: "1.0",
    data: {
      name: title,
      definitionId,
      connectorType: "source",
      connectorSubtype: "api",
      dockerRepository: `local/${name}`,
      dockerImageTag: "0.1.0",
      githubIssueLabel: name,
      icon: "icon.svg",
      license: "MIT",
      documentationUrl,
      releaseStage: "alpha",
      releaseDate: new Date().toISOString().slice(0, 10),
      supportLevel: "community",
      tags: [`language:${language}`, ...(language === "manifest-only" ? ["cdk:low-code"] : [])],
      allowedHosts: { hosts },
      registryOverrides: { oss: { enabled: true }, cloud: { enabled: false } },
    },
  };
}

/** The host of an address, the fields of the config in it as the registry writes them: `${subdomain}.example.com`. */
export function hostOf(urlBase: string): string {
  const plain = urlBase.replaceAll(/\{\{\s*config\['([^']+)'\]\s*\}\}/g, (_, field: string) => `\${${field}}`);
  return /^(?:https?:\/\/)?([^/:]+)/.exec(plain)?.[1] ?? plain;
}
