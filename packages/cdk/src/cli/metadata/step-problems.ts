import { get, type JsonObject } from "../../json/value.ts";
import type { Problem } from "../../manifest/check/problem.ts";
import type { ChangesSince, Found } from "./check-metadata.ts";
import { missingStep } from "./connector-changes.ts";
import { bumped, parseVersion } from "./version.ts";

/** A version that did not take the step which the changes ask for. */
export function stepProblems(data: JsonObject, since: ChangesSince | undefined, found: Found): Problem[] {
  const tag = get(data, "dockerImageTag");
  const version = typeof tag === "string" ? parseVersion(tag) : undefined;
  if (since === undefined || version === undefined) return [];
  const step = missingStep(version, since.version, since.changes);
  if (step === undefined) return [];
  const reasons = since.changes.filter((change) => change.step === step).map(({ what }) => `${what}.`);
  return [
    found(
      step === "major" ? "error" : "warning",
      "version-step",
      ["data", "dockerImageTag"],
      `What changed since ${since.against} asks for a ${step} version, ${bumped(version, step)}: ${reasons.join(" ")}`,
    ),
  ];
}
