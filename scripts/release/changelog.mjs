// The changelog: what a version brought, for those who read releases.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { read, root } from "./packages.mjs";

const FILE = "CHANGELOG.md";

/** What stands below a version's heading; undefined where it has none. */
export function notesOf(version, text = read(FILE)) {
  const sections = text.split(/^## /m).slice(1);
  const section = sections.find((each) => /^\[?([^\s\]]+)/.exec(each)?.[1] === version);
  return section?.slice(section.indexOf("\n") + 1).trim();
}

/** Gives what is unreleased a version and a day. */
export function stamp(version, day, text = read(FILE)) {
  if (!/^## Unreleased$/m.test(text))
    throw new Error(`${FILE} has no section "## Unreleased" that could become ${version}.`);
  return text.replace(/^## Unreleased$/m, `## ${version} - ${day}`);
}

export const writeChangelog = (text) => writeFileSync(join(root, FILE), text);
