import { get, keys, type JsonObject } from "../../json/value.ts";
import type { Problem } from "../../manifest/check/problem.ts";
import type { Found } from "./check-metadata.ts";
import { at, mappingOf, textsOf } from "./members.ts";
import { isMajor, parseVersion } from "./version.ts";

/** The connector that runs other connectors' manifests: its versions are those of the CDK. */
const DECLARATIVE_MANIFEST = "64a2f99c-542f-4af8-9a6f-355f1217b436";

/** What a registry asks for beyond what each member may be. */
export function registryProblems(data: JsonObject, found: Found): Problem[] {
  return [...tagProblems(data, found), ...versionProblems(data, found), ...packagingProblems(data, found)];
}

function tagProblems(data: JsonObject, found: Found): Problem[] {
  const tags = textsOf(get(data, "tags"));
  const path = ["data", "tags"];
  const languages = tags.filter((tag) => tag.startsWith("language:"));
  return [
    ...tags.flatMap((tag, index) =>
      tag.includes(":")
        ? []
        : [
            found(
              "error",
              "tag",
              [...path, index],
              `The tag "${tag}" is not of the form NAME:VALUE, such as keyword:crm.`,
            ),
          ],
    ),
    ...(languages.length === 0
      ? [
          found(
            "error",
            "language-tag",
            path,
            "No tag says the language: add language:manifest-only, or language:typescript for code.",
          ),
        ]
      : []),
    ...(languages.length > 1
      ? [
          found(
            "warning",
            "language-tag",
            path,
            `There are several languages: ${languages.join(", ")}. A connector has one.`,
          ),
        ]
      : []),
  ];
}

function versionProblems(data: JsonObject, found: Found): Problem[] {
  const tag = get(data, "dockerImageTag");
  if (tag === undefined || tag === null) return [];
  const text = String(tag);
  const version = parseVersion(text);
  const place = ["data", "dockerImageTag"];
  if (version === undefined) {
    return [
      found("error", "version", place, `${text} is no semantic version: three numbers, such as 0.1.0 or 1.2.3-rc.1.`),
    ];
  }
  const changes = mappingOf(at(data, "releases", "breakingChanges"));
  const rollout = at(data, "releases", "rolloutConfiguration", "enableProgressiveRollout");
  const isCandidate = version.prerelease?.includes("rc") === true;
  const problems: Problem[] = [];
  if (isMajor(version) && !keys(changes).includes(text) && get(data, "definitionId") !== DECLARATIVE_MANIFEST) {
    problems.push(
      found(
        "error",
        "missing-breaking-change",
        place,
        `Version ${text} is a major one: releases.breakingChanges must have an entry "${text}" with a message and an upgradeDeadline; \`ferry metadata bump major\` writes it.`,
      ),
    );
  }
  if (isCandidate && version.major > 0 && version.minor === 0 && version.patch === 0) {
    problems.push(
      found(
        "error",
        "major-candidate",
        place,
        `${text} is a candidate of a major version, of which there are none: a breaking change is released at once.`,
      ),
    );
  } else if (isCandidate && (rollout === undefined || rollout === null)) {
    problems.push(
      found(
        "error",
        "rollout",
        place,
        `${text} is a release candidate: releases.rolloutConfiguration.enableProgressiveRollout must say whether it is rolled out by steps.`,
      ),
    );
  }
  if (rollout === true && version.prerelease === undefined) {
    problems.push(
      found(
        "error",
        "rollout",
        ["data", "releases", "rolloutConfiguration", "enableProgressiveRollout"],
        `Only a release candidate is rolled out by steps, such as ${text}-rc.1.`,
      ),
    );
  }
  return [...problems, ...migrationNotes(data, text, found)];
}

/** Where users find how to migrate to this version, if nothing says it. */
function migrationNotes(data: JsonObject, version: string, found: Found): Problem[] {
  const releases = at(data, "releases");
  const change = at(releases, "breakingChanges", version);
  const address = at(change, "migrationDocumentationUrl") ?? at(releases, "migrationDocumentationUrl");
  if (change === undefined || address !== undefined) return [];
  return [
    found(
      "note",
      "migration-guide",
      ["data", "releases", "breakingChanges", version],
      `What users have to do is looked for at ${String(get(data, "documentationUrl"))}-migrations#${version}; migrationDocumentationUrl names another page.`,
    ),
  ];
}

function packagingProblems(data: JsonObject, found: Found): Problem[] {
  const image = at(data, "connectorBuildOptions", "baseImage");
  const tags = textsOf(get(data, "tags"));
  const isPython = tags.includes("language:python") || tags.includes("language:low-code");
  return [
    ...(typeof image === "string" && image.split(":").length !== 3
      ? [
          found(
            "error",
            "base-image",
            ["data", "connectorBuildOptions", "baseImage"],
            `${image} is no base image with its digest: NAME:TAG@sha256:DIGEST.`,
          ),
        ]
      : []),
    ...(at(data, "remoteRegistries", "pypi", "enabled") === true && !isPython
      ? [
          found(
            "error",
            "pypi",
            ["data", "remoteRegistries", "pypi", "enabled"],
            "Only a connector in Python is published to PyPI: no tag is language:python.",
          ),
        ]
      : []),
  ];
}
