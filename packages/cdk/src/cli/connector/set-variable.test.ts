import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { setVariable } from "./set-variable.ts";

test.each([
  ["A=1\nB=2\n", "new", "A=new\nB=2\n"],
  ["# A=0\nexport A = 'old' # said\nBA=1", "new", "# A=0\nexport A = new # said\nBA=1"],
  ['A="two\nlines"\nB=2\n', "new", "A=new\nB=2\n"],
  ["A=\n", "a b#c", "A='a b#c'\n"],
  ["A=1\n", "it's", "A=it's\n"],
  ["A=1\n", "'$&'", "A=\"'$&'\"\n"],
  ["A=1\n", "a # ' \"", "A=`a # ' \"`\n"],
])("%j gets the value %j", (text, value, expected) => {
  const changed = setVariable(text, "A", value);
  expect([changed, parseEnv(changed!)["A"]]).toEqual([expected, value]);
});

test.each([
  ["B=1\n", "x"],
  ["A=1\n", "all of ' # \" `"],
])("%j cannot get %j", (text, value) => {
  expect(setVariable(text, "A", value)).toBeUndefined();
});
