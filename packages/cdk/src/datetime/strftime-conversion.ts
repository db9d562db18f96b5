/** One conversion of a format, such as `%-d`, `%05Y` or `%Ex`. */
export interface Conversion {
  /** What to show; empty when glibc knows no such conversion and shows its text. */
  readonly letter: string;
  readonly text: string;
  /** Where the rest of the format begins. */
  readonly end: number;
  /** Before a number: zeros, spaces ("_" flag), or nothing ("-" flag). */
  readonly padding: "0" | " " | "-";
  /** Whether the `0` flag asks for zeros before a word too. */
  readonly zeros: boolean;
  readonly width: number;
  /** The `^` flag. */
  readonly upper: boolean;
  /** The `#` flag. */
  readonly swap: boolean;
}

/** The conversions that the modifiers E and O may stand before; without meaning in the C locale. */
const known: Readonly<Record<string, string>> = {
  "": "aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%",
  E: "cCnpPrRstTuxXyYzZ%",
  O: "bBCdeghGHIjklmMnpPrRsStTuUVwWyzZ%",
};
const widest = 10_000;

/** Reads the conversion at the percent sign. */
export function readConversion(format: string, percent: number): Conversion {
  let at = percent + 1;
  let flag = "";
  let upper = false;
  let swap = false;
  for (; "_-0^#".includes(format[at] ?? "?"); at++) {
    if (format[at] === "^") upper = true;
    else if (format[at] === "#") swap = true;
    else flag = format[at]!;
  }
  const digits = /^\d*/.exec(format.slice(at))![0];
  at += digits.length;
  const modifier = format[at] === "E" || format[at] === "O" ? format[at++]! : "";
  const letter = format[at] ?? "";
  const end = Math.min(at + 1, format.length);
  return {
    letter: letter !== "" && known[modifier]!.includes(letter) ? letter : "",
    text: format.slice(percent, end),
    end,
    padding: flag === "-" ? "-" : flag === "_" || (flag === "" && "ekl".includes(letter)) ? " " : "0",
    zeros: flag === "0",
    width: Math.min(Number(digits), widest),
    upper,
    swap,
  };
}
