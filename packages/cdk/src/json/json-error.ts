/** A text that is no JSON. The message is the one of Python's `json.loads`, its position counted in code points. */
export class JsonError extends SyntaxError {
  /** What is wrong, without the place. */
  readonly problem: string;
  readonly line: number;
  readonly column: number;
  /** Code points before the fault. */
  readonly position: number;

  constructor(problem: string, text: string, at: number) {
    const before = text.slice(0, at);
    const position = codePoints(before);
    const line = before.split("\n").length;
    const column = codePoints(before.slice(before.lastIndexOf("\n") + 1)) + 1;
    super(`${problem}: line ${line} column ${column} (char ${position})`);
    this.name = "JsonError";
    this.problem = problem;
    this.line = line;
    this.column = column;
    this.position = position;
  }
}

function codePoints(text: string): number {
  let pairs = 0;
  for (let i = 1; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) pairs++;
  }
  return text.length - pairs;
}
