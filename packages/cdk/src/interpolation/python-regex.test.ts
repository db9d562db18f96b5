import { describe, expect, test } from "vitest";
import { pythonRegex } from "./python-regex.ts";

describe("python regex", () => {
  test.each([
    ["page=(\\d+)", "?page=12&x", ["12"]],
    ["(?P<year>\\d{4})-(?P<month>\\d\\d)", "on 2024-05", ["2024", "05"]],
    ["(?i)(abc)", "xABC", ["ABC"]],
    ["(a)(b)?", "ac", ["a", undefined]],
    ["^(.*)$", "one\n", ["one"]],
    ["(?m)^(b)$", "a\nb", ["b"]],
    ["(?s)(a.b)", "a\nb", ["a\nb"]],
    ["\\A(\\w+)\\Z", "é9_", ["é9_"]],
    ["(?i:A)(b)", "ab", ["b"]],
    ["(?>a+)(b)", "aab", ["b"]],
    ["(?P<q>['\"])(.)(?P=q)", "'x'", ["'", "x"]],
    ["([]x]+)", "a]x", ["]x"]],
  ])("%s finds its groups in %j", (pattern, text, groups) => {
    expect(pythonRegex(pattern).search(text)?.groups).toEqual(groups);
  });

  test("a match at the start, of the whole, and by name", () => {
    const regex = pythonRegex("(?P<word>[a-z]+)");
    expect(regex.match("1a")).toBeUndefined();
    expect(regex.match("ab1")?.text).toBe("ab");
    expect(regex.fullMatch("ab1")).toBeUndefined();
    expect(regex.fullMatch("ab")?.named).toEqual({ word: "ab" });
    expect(regex.search("12ab")?.index).toBe(2);
  });

  test.each([
    ["l+", "L", "hello", "heLo"],
    ["(?P<a>.)(.)", "\\2\\g<a>", "abcd", "badc"],
    ["x*", "-", "abxd", "-a-b--d-"],
    ["a??", "-", "ab", "---b-"],
    ["b", "\\n", "abc", "a\nc"],
  ])("%s replaced by %j in %j", (pattern, replacement, text, result) => {
    expect(pythonRegex(pattern).replace(text, replacement)).toBe(result);
  });

  test.each([
    ["(", "missing ), unterminated subpattern"],
    ["*a", "nothing to repeat"],
    ["[b-a]", "bad character range"],
    ["\\q", "bad escape \\q"],
    ["(?P<a>.)(?P<a>.)", "redefinition of group name 'a'"],
  ])("%s is refused: %s", (pattern, message) => {
    expect(() => pythonRegex(pattern)).toThrow(message);
  });
});
