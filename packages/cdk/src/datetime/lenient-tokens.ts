/**
 * Cuts a text into words, numbers, single spaces and other single characters. A dot between digits is a decimal point,
 * one between words or the second of a number separates: only the whole dotted run shows which.
 */
export function tokenize(text: string): string[] {
  const tokens: string[] = [];
  const characters = Array.from(text.replaceAll("\0", ""));
  let at = 0;
  while (at < characters.length) {
    const first = characters[at]!;
    if (!isLetter(first) && !isDigit(first)) {
      tokens.push(isSpace(first) ? " " : first);
      at += 1;
      continue;
    }
    const run = readRun(characters, at);
    at += run.length;
    tokens.push(...run.parts);
  }
  return tokens;
}

interface Run {
  readonly length: number;
  readonly parts: readonly string[];
}

function readRun(characters: readonly string[], start: number): Run {
  let letters = isLetter(characters[start]!);
  let dotted = false;
  let sawLetters = false;
  let token = characters[start]!;
  let at = start + 1;
  for (; at < characters.length; at++) {
    const next = characters[at]!;
    if (letters) sawLetters = true;
    const same = letters ? isLetter(next) : isDigit(next);
    const point = next === "." || (next === "," && !letters && !dotted && token.length >= 2);
    if (point) dotted = true;
    else if (!same) {
      // After a dot the kind may change: "Sep.20", "10.am".
      if (!dotted || !token.endsWith(".") || !(letters ? isDigit(next) : isLetter(next))) break;
      letters = !letters;
    }
    token += next;
  }
  return { length: at - start, parts: dotted ? splitDotted(token, sawLetters, letters) : [token] };
}

function splitDotted(token: string, sawLetters: boolean, endsAsWord: boolean): string[] {
  const dots = token.split(".").length - 1;
  if (sawLetters || dots > 1 || /[.,]$/.test(token)) return token.split(/([.,])/).filter((part) => part !== "");
  return [endsAsWord || dots > 0 ? token : token.replaceAll(",", ".")];
}

const isLetter = (character: string): boolean => /^\p{L}$/u.test(character);
const isDigit = (character: string): boolean => character >= "0" && character <= "9";
const isSpace = (character: string): boolean => /^[\s\x1c-\x1f\x85]$/.test(character);
