import { equal } from "../../json/equal.ts";
import { printJson } from "../../json/print.ts";
import { entries, fromEntries, type JsonObject } from "../../json/value.ts";
import type { ConnectorFacts, StreamFacts } from "./connector-facts.ts";
import { schemaChanges } from "./schema-changes.ts";
import { parseVersion, stepBetween, type Step, type Version } from "./version.ts";

/** A change of a connector, and the step of its version that it asks for. */
export interface Change {
  readonly step: Step;
  /** A sentence without its full stop. */
  readonly what: string;
  /** The stream that it is in; undefined for one of the config. */
  readonly stream?: string;
}

const RANKS: readonly Step[] = ["major", "minor", "patch"];

/** What changed from one state of a connector to another, what breaks first: that is what users have to act upon. */
export function connectorChanges(before: ConnectorFacts, after: ConnectorFacts): Change[] {
  const changes = [...streamChanges(before.streams, after.streams), ...specChanges(before, after)];
  const unseen = changes.length === 0 && !equal(withoutNames(before.manifest), withoutNames(after.manifest));
  const rest: Change[] = unseen ? [{ step: "patch", what: "How streams are read changed" }] : [];
  return [...changes, ...rest].sort((a, b) => RANKS.indexOf(a.step) - RANKS.indexOf(b.step));
}

/** The step that changes since a previous version ask for, where the version did not take it yet. */
export function missingStep(
  version: Version,
  previous: string | undefined,
  changes: readonly Change[],
): Step | undefined {
  const wanted = changes[0]?.step;
  const since = parseVersion(previous ?? "");
  const taken = since === undefined ? undefined : stepBetween(since, version);
  const rank = (step: Step | undefined): number => (step === undefined ? RANKS.length : RANKS.indexOf(step));
  return rank(taken) <= rank(wanted) ? undefined : wanted;
}

/** `metadata` is the builder's; the version is that of the language. */
const withoutNames = (manifest: JsonObject): JsonObject =>
  fromEntries(entries(manifest).filter(([key]) => !["metadata", "version", "definitions"].includes(key)));

function streamChanges(before: ConnectorFacts["streams"], after: ConnectorFacts["streams"]): Change[] {
  const changes: Change[] = [];
  const added = new Map([...after].filter(([name]) => !before.has(name)));
  for (const [name, facts] of before) {
    const now = after.get(name);
    if (now !== undefined) {
      changes.push(...keyChanges(name, facts, now), ...fieldChanges(name, facts, now));
      continue;
    }
    const renamed = [...added].find(([, other]) => isSame(facts, other))?.[0];
    if (renamed === undefined) changes.push({ step: "major", what: `The stream ${name} is gone`, stream: name });
    else {
      added.delete(renamed);
      changes.push({ step: "major", what: `The stream ${name} is called ${renamed} now`, stream: name });
    }
  }
  return [
    ...changes,
    ...[...added.keys()].map((name): Change => ({ step: "minor", what: `The stream ${name} is new`, stream: name })),
  ];
}

/** Whether two streams are likely one under two names. */
const isSame = (a: StreamFacts, b: StreamFacts): boolean =>
  a.schema !== undefined &&
  b.schema !== undefined &&
  equal(a.schema, b.schema) &&
  a.primaryKey.join() === b.primaryKey.join();

function keyChanges(stream: string, before: StreamFacts, after: StreamFacts): Change[] {
  const [key, newKey] = [before.primaryKey.join(", ") || "nothing", after.primaryKey.join(", ") || "nothing"];
  const changes: Change[] = [];
  if (key !== newKey)
    changes.push({ step: "major", what: `The primary key of ${stream} was ${key} and is ${newKey}`, stream });
  if (before.cursor === undefined && after.cursor !== undefined) {
    changes.push({ step: "minor", what: `The stream ${stream} can be read incrementally`, stream });
  } else if (before.cursor !== after.cursor) {
    const now = after.cursor === undefined ? "there is none" : `is ${after.cursor}`;
    changes.push({ step: "major", what: `The cursor of ${stream} was ${before.cursor!} and ${now}`, stream });
  } else {
    const [written] = before.stateFormats;
    if (written !== undefined && after.stateFormats.length > 0 && !after.stateFormats.includes(written)) {
      changes.push({
        step: "major",
        what: `States of ${stream} are written as ${after.stateFormats[0]!}, and ${written} is not read`,
        stream,
      });
    }
  }
  return changes;
}

function fieldChanges(stream: string, { schema: before }: StreamFacts, { schema: after }: StreamFacts): Change[] {
  if (before === undefined || after === undefined) return [];
  return schemaChanges(before, after).flatMap((change): Change[] => {
    const field = `The field ${change.path} of ${stream}`;
    switch (change.kind) {
      case "removed":
        return [{ step: "major", what: `${field} is gone`, stream }];
      case "type":
        return [{ step: "major", what: `${field} was ${change.before} and is ${change.after}`, stream }];
      case "added":
        return [{ step: "minor", what: `${field} is new`, stream }];
      default:
        return []; // which fields are always there, and which values there are, changes nothing where records are stored
    }
  });
}

function specChanges(before: ConnectorFacts, after: ConnectorFacts): Change[] {
  return schemaChanges(before.connectionSpecification, after.connectionSpecification).map((change): Change => {
    const option = `The option ${change.path} of the config`;
    switch (change.kind) {
      case "removed":
        return { step: "major", what: `${option} is gone` };
      case "required":
        return { step: "major", what: `${option} must be given now` };
      case "type":
        return { step: "major", what: `${option} was ${change.before} and is ${change.after}` };
      case "values":
        return {
          step: "major",
          what: `${option} may only be ${change.left.map((value) => printJson(value)).join(", ")}`,
        };
      case "added":
        return {
          step: change.isRequired ? "major" : "minor",
          what: `${option} is new${change.isRequired ? " and must be given" : ""}`,
        };
    }
  });
}
