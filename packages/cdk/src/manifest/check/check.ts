import { isConnectorError } from "../../errors.ts";
import { get, isObject, type JsonObject } from "../../json/value.ts";
import type { Language } from "../language.ts";
import { resolveManifest } from "../resolve.ts";
import { createTrace, type Trace } from "../trace.ts";
import { createPlaces, placeOf, type Places } from "../../yaml/places.ts";
import { readYaml } from "../../yaml/read.ts";
import { YamlFault } from "../../yaml/reading.ts";
import { stateOwnTypes } from "../own-types.ts";
import { classProblems } from "./class-problems.ts";
import { definitionProblems } from "./definition-problems.ts";
import { deprecationNotes } from "./deprecation-notes.ts";
import { languageProblems } from "./language-problems.ts";
import { createLocator } from "./locator.ts";
import { inOrder, type Problem } from "./problem.ts";
import { streamProblems } from "./stream-problems.ts";
import { survey } from "./survey.ts";
import { templateProblems } from "./template-problems.ts";
import { typeProblems } from "./type-problems.ts";

/** The version of the manifest language that this package speaks. */
export const languageVersion = "7.39.1";

/** A manifest that could be read, so far as its references and parameters are concerned. */
export interface ReadManifest {
  readonly manifest: JsonObject;
  readonly resolved: JsonObject;
  readonly places: Places;
  readonly trace: Trace;
}

/**
 * Everything there is to say about a manifest's text: first the errors, then the warnings, then the notes.
 * @param folder where the manifest, and the connector's own components, are
 */
export function checkManifest(text: string, language: Language, folder?: string): Problem[] {
  const read = readManifest(text);
  return "fault" in read ? [read.fault] : problemsOf(read, language, folder);
}

/** Reads a manifest's text to be checked; the fault is what makes this impossible. */
export function readManifest(text: string): ReadManifest | { readonly fault: Problem } {
  const places = createPlaces();
  const trace = createTrace();
  try {
    const manifest = readYaml(text, places);
    if (!isObject(manifest)) return { fault: fault("A manifest is a mapping that starts with `version: …`.", 0) };
    return { manifest, resolved: resolveManifest(manifest, trace), places, trace };
  } catch (error) {
    if (error instanceof YamlFault) return { fault: fault(error.message, error.offset) };
    if (isConnectorError(error)) return { fault: { ...fault(error.message, 0), code: error.code ?? "unresolvable" } };
    throw error;
  }
}

/** What there is to say about a manifest. Where the language does not accept it, it has to be one that explains. */
export function problemsOf(
  { manifest, resolved, places, trace }: ReadManifest,
  language: Language,
  folder?: string,
): Problem[] {
  stateOwnTypes(language, resolved, trace);
  const locator = createLocator(resolved, trace, places);
  const surveyed = survey(language, resolved);
  return inOrder([
    ...duplicateProblems(places),
    ...referenceProblems(trace, places),
    ...versionProblems(manifest, places),
    ...languageProblems(language, resolved, surveyed, locator),
    ...classProblems(language, surveyed, locator, folder),
    ...templateProblems(language, surveyed, locator),
    ...typeProblems(surveyed, locator),
    ...streamProblems(surveyed, locator),
    ...definitionProblems(manifest, trace, places),
    ...deprecationNotes(language, surveyed, locator),
  ]);
}

const fault = (message: string, offset: number): Problem => ({
  severity: "error",
  code: "syntax",
  message,
  offset,
  path: "",
});

function duplicateProblems({ duplicates }: Places): Problem[] {
  return duplicates.map(({ key, offset }) => ({
    severity: "warning",
    code: "duplicate-key",
    message: `The key \`${key}\` stands here a second time; the last one counts.`,
    offset,
    path: key,
  }));
}

function referenceProblems({ brokenReferences }: Trace, places: Places): Problem[] {
  return brokenReferences.map(({ holder, key, message, hint }) => ({
    severity: "error",
    code: "broken-reference",
    message,
    hint,
    offset: placeOf(places, holder, key)?.value ?? 0,
    path: String(key),
  }));
}

function versionProblems(manifest: JsonObject, places: Places): Problem[] {
  const version = get(manifest, "version");
  if (typeof version !== "string" || compareVersions(version, languageVersion) <= 0) return [];
  return [
    {
      severity: "warning",
      code: "newer-version",
      message: `The manifest is written for version ${version} of the language; this is ${languageVersion}. What is newer is ignored.`,
      offset: placeOf(places, manifest, "version")?.value ?? 0,
      path: "version",
    },
  ];
}

function compareVersions(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((version) =>
    version.split(/[.\-+]/).map((part) => Number.parseInt(part) || 0),
  );
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
