import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { printPython } from "../json/print.ts";
import { createPlaces, type Places } from "./places.ts";
import { YamlFault } from "./reading.ts";
import { readYaml } from "./read.ts";

/** A text, and what the reference reads from it as JSON, null where it refuses; see make-yaml.py. */
type Row = readonly [text: string, json: string | null];
const table = JSON.parse(readFileSync("test/tables/yaml.json", "utf8")) as Readonly<Record<string, readonly Row[]>>;

const outcome = (text: string, places?: Places): string | null => {
  try {
    return printPython(readYaml(text, places));
  } catch (fault) {
    if (!(fault instanceof YamlFault)) throw fault;
    expect(fault.offset).toBeGreaterThanOrEqual(0);
    expect(fault.offset).toBeLessThanOrEqual(text.length);
    return null;
  }
};

describe.each(Object.entries(table))("%s", (_, rows) => {
  test("as in the reference", () => {
    expect(rows.map(([text]) => [text, outcome(text)])).toEqual(rows);
  });

  test("and so where places are kept", () => {
    expect(rows.map(([text]) => [text, outcome(text, createPlaces())])).toEqual(rows);
  });
});
