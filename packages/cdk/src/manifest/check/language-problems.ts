import { Float, has, isList, isObject, keys, type Json, type JsonObject } from "../../json/value.ts";
import { nearest } from "../../protocol/nearest.ts";
import type { Language } from "../language.ts";
import { findingsOf, type Finding } from "./findings.ts";
import { issuesOf } from "./issues.ts";
import type { Locator } from "./locator.ts";
import { choices, type Path, type Problem } from "./problem.ts";
import type { Survey } from "./survey.ts";

/** A field that a component does not have. */
interface Stray {
  readonly holder: Path;
  readonly name: string;
  readonly fields: readonly string[];
}

/** What the language's schema has against a manifest, and the fields that it does not know. */
export function languageProblems(
  language: Language,
  manifest: JsonObject,
  surveyed: Survey,
  locator: Locator,
): Problem[] {
  const found = issuesOf(language, manifest).flatMap((issue) => findingsOf(issue, (path) => locator.valueAt(path)));
  const findings = causes([...sourceFindings(manifest), ...found]).filter(({ path }) => !locator.isIncomplete(path));
  const strays = straysOf(surveyed, findings, locator);

  const told = new Set<Stray>();
  const problems = findings.map((finding) => {
    const stray = finding.kind === "missing" ? meant(finding, strays) : undefined;
    if (stray !== undefined) told.add(stray);
    return problemOf(finding, stray);
  });
  return [...problems, ...strays.filter((stray) => !told.has(stray)).map(unknownField)];

  function problemOf(finding: Finding, stray: Stray | undefined): Problem {
    const path = finding.path.join(".");
    const severity = "error";
    switch (finding.kind) {
      case "missing": {
        const owner = ownerOf(finding.path);
        const field = `\`${finding.field}\``;
        if (stray !== undefined) {
          const message = `${owner} has no field \`${stray.name}\`, and the required ${field} is missing.`;
          return {
            severity,
            code: "misspelt-field",
            message,
            hint: finding.field,
            ...at([...stray.holder, stray.name], "key"),
          };
        }
        const expected = expectation(finding.expected);
        const message = `${owner} lacks the required ${field}${expected === "" ? "" : `: ${expected}`}.`;
        return { severity, code: "missing-field", message, path, offset: locator.start(finding.path) };
      }
      case "wrong-type": {
        const value = locator.valueAt(finding.path);
        const message = `${fieldOf(finding.path)} must be ${expectation(finding.expected)}, not ${shown(value)}.`;
        return { severity, code: "wrong-type", message, ...at(finding.path, "value") };
      }
      case "wrong-value": {
        const value = locator.valueAt(finding.path);
        const message = `${fieldOf(finding.path)} must be one of: ${choices(finding.values)}; not ${shown(value)}.`;
        const hint = typeof value === "string" ? nearest(value, finding.values) : undefined;
        return { severity, code: "wrong-value", message, hint, ...at(finding.path, "value") };
      }
      case "wrong-component":
        return wrongComponent(finding.path, finding.types);
      default:
        return {
          severity,
          code: "invalid",
          message: `${fieldOf(finding.path)}: ${finding.message}.`,
          ...at(finding.path, "value"),
        };
    }
  }

  function wrongComponent(path: Path, types: readonly string[]): Problem {
    const value = locator.valueAt(path);
    const holder = fieldOf(path.slice(0, -1));
    const allowed = choices([...types].sort());
    const place = at(path, "value");
    if (typeof value !== "string") {
      return {
        severity: "error",
        code: "wrong-type",
        message: `\`type\` must be one of: ${allowed}; not ${shown(value)}.`,
        ...place,
      };
    }
    if (language.components.has(value)) {
      return {
        severity: "error",
        code: "misplaced-component",
        message: `A ${value} cannot stand in ${holder}: ${allowed} can.`,
        ...place,
      };
    }
    const hint = nearest(value, types) ?? nearest(value, language.components.keys());
    return {
      severity: "error",
      code: "unknown-type",
      message: `There is no type ${value}. ${holder} takes: ${allowed}.`,
      hint,
      ...place,
    };
  }

  function unknownField({ holder, name, fields }: Stray): Problem {
    const isRoot = holder.length === 0;
    const message = `${ownerOf(holder)} has no field \`${name}\`${isRoot ? "" : "; it is ignored"}.`;
    return {
      severity: isRoot ? "error" : "warning",
      code: "unknown-field",
      message,
      hint: nearest(name, fields),
      ...at([...holder, name], "key"),
    };
  }

  function at(path: Path, part: "key" | "value"): { readonly path: string; readonly offset: number } {
    return { path: path.join("."), offset: locator[part](path) };
  }

  function ownerOf(path: Path): string {
    const holder = locator.valueAt(path);
    const type = isObject(holder) ? (language.classOf(holder)?.type ?? holder["type"]) : undefined;
    return typeof type === "string" ? type : path.length === 0 ? "The manifest" : `\`${String(path.at(-1))}\``;
  }

  function fieldOf(path: Path): string {
    const names = path.filter((key) => typeof key === "string");
    const name = names.at(-1);
    return name === undefined
      ? "The manifest"
      : typeof path.at(-1) === "number"
        ? `An item of \`${name}\``
        : `\`${name}\``;
  }
}

/** What the schema of the manifest's root cannot say. */
function sourceFindings(manifest: JsonObject): Finding[] {
  if (has(manifest, "streams") || has(manifest, "dynamic_streams")) return [];
  const meant = keys(manifest).flatMap((key) => nearest(key, ["streams", "dynamic_streams"]) ?? []);
  return [{ kind: "missing", path: [], field: meant[0] ?? "streams", expected: ["array"] }];
}

/** Without what only follows from a wrong `type`. */
function causes(findings: readonly Finding[]): Finding[] {
  const wrong = findings
    .filter(({ kind }) => kind === "wrong-component")
    .map(({ path }) => path.slice(0, -1).join("/"));
  return findings.filter(({ kind, path }) => {
    const place = path.join("/");
    return kind === "wrong-component" || !wrong.some((holder) => place === holder || place.startsWith(`${holder}/`));
  });
}

/** The stray field that was probably to be the missing one. */
function meant(finding: Finding & { kind: "missing" }, strays: readonly Stray[]): Stray | undefined {
  const here = strays.filter(({ holder }) => holder.join("/") === finding.path.join("/"));
  const name = nearest(
    finding.field,
    here.map((stray) => stray.name),
  );
  return here.find((stray) => stray.name === name);
}

function straysOf({ mappings }: Survey, findings: readonly Finding[], locator: Locator): Stray[] {
  const strays: Stray[] = [];
  const look = (value: JsonObject, fields: readonly string[], holder: Path): void => {
    for (const name of keys(value)) {
      if (fields.includes(name) || name === "type" || name === "$parameters" || isParameter(value, name)) continue;
      if (leftover(holder, name, value[name]!)) continue;
      const how = locator.originAt([...holder, name])?.how;
      if (holder.length === 0 || (how !== "$parameters" && how !== "default")) strays.push({ holder, name, fields });
    }
  };
  const leftover = leftovers(mappings);
  for (const { value, fields, path } of mappings) if (fields !== undefined) look(value, fields, path);
  // A component whose `type` is missing is none that the survey knows, but a field may be that `type` misspelt.
  for (const finding of findings) {
    const value = finding.kind === "missing" && finding.field === "type" ? locator.valueAt(finding.path) : undefined;
    if (value === undefined || !isObject(value)) continue;
    for (const name of keys(value)) {
      if (nearest(name, ["type"]) !== undefined) strays.push({ holder: finding.path, name, fields: ["type"] });
    }
  }
  return strays;
}

/** Manifests that were resolved before they were written down repeat their parameters as fields. */
function isParameter(component: JsonObject, name: string): boolean {
  const parameters = component["$parameters"];
  return parameters !== undefined && isObject(parameters) && has(parameters, name);
}

/**
 * Others lost their `$parameters` when they were resolved, but not what those had filled in: the same name and value all
 * over a stream.
 */
function leftovers(mappings: Survey["mappings"]): (holder: Path, name: string, value: Json) => boolean {
  const found = new Map<string, number>();
  const keyOf = (holder: Path, name: string, value: Json): string | undefined =>
    holder.length > 1 && typeof value === "string" ? `${holder[0]} ${holder[1]} ${name} ${value}` : undefined;
  for (const { value, path } of mappings) {
    for (const name of keys(value)) {
      const key = keyOf(path, name, value[name]!);
      if (key !== undefined) found.set(key, (found.get(key) ?? 0) + 1);
    }
  }
  return (holder, name, value) => {
    const key = keyOf(holder, name, value);
    return key !== undefined && found.get(key)! > 1;
  };
}

const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  int: "an integer",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
  null: "null",
};

function expectation(expected: readonly string[]): string {
  const kinds = [...new Set(expected.map((kind) => KINDS[kind] ?? kind))];
  if (kinds.length === 1 || kinds.every((kind) => Object.values(KINDS).includes(kind))) return kinds.join(" or ");
  return `one of ${choices(kinds.sort())}`;
}

function shown(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  if (isList(value)) return "a list";
  if (isObject(value)) return typeof value["type"] === "string" ? `a ${value["type"]}` : "a mapping";
  if (value instanceof Float) return String(value.value);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return `the number ${value as number}`; // only numbers are left
  return `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
}
