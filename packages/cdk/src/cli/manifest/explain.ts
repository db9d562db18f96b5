import { printJson } from "../../json/print.ts";
import { entries, isList, isObject, type Json } from "../../json/value.ts";
import { loadTraced, type TracedManifest } from "../../manifest/load-traced.ts";
import { originOf, type Origin } from "../../manifest/trace.ts";
import { placeOf } from "../../yaml/places.ts";
import { findPart, isLeaf } from "./find.ts";
import { createPositions } from "./frame.ts";
import { withManifest, type ExitCode, type Terminal } from "./terminal.ts";

/** Prints a part of a resolved manifest as YAML, with a comment on each line that says whence it comes. */
export function explainFile(file: string, dotted: string, terminal: Terminal): Promise<ExitCode> {
  return withManifest(file, terminal, (text) => {
    const traced = loadTraced(text, file);
    const found = findPart(traced.resolved, dotted);
    if ("problem" in found) {
      terminal.complain(`${found.problem}\n`);
      return 1;
    }
    terminal.print(explainPart(found.value, traced, text));
    return 0;
  });
}

/** A line for each field, as YAML; comments say whence it comes. */
function explainPart(part: Json, traced: TracedManifest, text: string): string {
  const position = createPositions(text);
  const lines: { readonly code: string; readonly comment: string }[] = [];
  if (isLeaf(part)) return `${printJson(part)}\n`;
  list(part, "");
  const width = Math.min(60, Math.max(...lines.map(({ code }) => code.length)));
  return lines.map(({ code, comment }) => `${code.padEnd(width)}  # ${comment}\n`).join("");

  function list(holder: Json, indent: string): void {
    const members: readonly (readonly [string | number, Json])[] = isList(holder)
      ? [...holder.entries()]
      : isObject(holder)
        ? entries(holder)
        : [];
    for (const [key, value] of members) {
      const label = typeof key === "number" ? `${indent}-` : `${indent}${keyText(key)}:`;
      const comment = whence(originOf(traced.trace, holder as object, key)); // what has members is an object
      lines.push({ code: isLeaf(value) ? `${label} ${printJson(value)}` : label, comment });
      if (!isLeaf(value)) list(value, `${indent}  `);
    }
  }

  function whence({ how, holder, key, through }: Origin): string {
    const place = placeOf(traced.places, holder, key);
    const line = place === undefined ? "" : `line ${position(place.key).line}`;
    switch (how) {
      case "default":
        return "default";
      case "$parameters":
        return `$parameters${line === "" ? "" : `, ${line}`}`;
      case "$ref":
        return [line, `by $ref ${through.join(" → ")}`].filter(Boolean).join(", ");
      default:
        return line === "" ? "default" : line;
    }
  }
}

const keyText = (key: string): string => (/^[A-Za-z_$][\w$.-]*$/.test(key) ? key : printJson(key));
