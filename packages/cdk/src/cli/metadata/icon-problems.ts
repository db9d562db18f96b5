import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { get, type JsonObject } from "../../json/value.ts";
import type { Problem } from "../../manifest/check/problem.ts";
import type { Found } from "./check-metadata.ts";

/** The icon beside the metadata: a square SVG. */
export function iconProblems(data: JsonObject, folder: string, found: Found): Problem[] {
  const named = get(data, "icon");
  const warning = (message: string): Problem[] => [found("warning", "icon", ["data", "icon"], message)];
  // Whatever it is called, the registry takes the file icon.svg where there is one.
  const there = ["icon.svg", ...(typeof named === "string" && named !== "" ? [named] : [])].filter((name) =>
    existsSync(join(folder, name)),
  );
  const icon = there[0];
  if (icon === undefined) return warning("There is no icon.svg beside metadata.yaml: registries show a square SVG.");
  if (!icon.toLowerCase().endsWith(".svg")) return warning(`${icon} is no SVG: registries show a square icon.svg.`);
  const root = /<svg\b[^>]*>/.exec(readFileSync(join(folder, icon), "utf8"))?.[0];
  if (root === undefined) return warning(`${icon} holds no <svg> element.`);
  const [width, height] = sizeOf(root);
  if (width === undefined || height === undefined || width === height) return [];
  return warning(`${icon} is ${width} wide and ${height} high; registries show it as a square.`);
}

/** Of the view box, which says the shape; else of width and height, where both are plain numbers. */
function sizeOf(root: string): readonly (number | undefined)[] {
  const attribute = (name: string): string | undefined =>
    new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(root)?.[1];
  const box = attribute("viewBox")
    ?.trim()
    .split(/[\s,]+/)
    .map(Number);
  if (box?.length === 4) return [box[2], box[3]];
  return ["width", "height"].map((name) => {
    const length = /^\s*([\d.]+)(?:px)?\s*$/.exec(attribute(name) ?? "")?.[1];
    return length === undefined ? undefined : Number(length);
  });
}
