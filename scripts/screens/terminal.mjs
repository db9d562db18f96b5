// Runs a command on a pseudo-terminal, and knows what stands on its screen.
import { spawn } from "node:child_process";

const COLUMNS = 100;
const PATIENCE = 30_000; // milliseconds

/**
 * Runs a command while `act` looks on and presses keys; gives what `act` gives.
 * `until(condition)` waits for a screen, `quit` for the command's end: both give the screen, its colours as they came.
 */
export async function onTerminal(command, cwd, act) {
  const env = { ...process.env, TERM: "xterm", TZ: "UTC", NO_COLOR: "", FORCE_COLOR: undefined };
  const shell = `stty cols ${COLUMNS} rows 50; ${command}`;
  const child = spawn("script", ["-qec", shell, "/dev/null"], { cwd, env, stdio: ["pipe", "pipe", "inherit"] });
  let written = "";
  const waiting = new Set();
  const look = () => {
    for (const each of waiting) each();
  };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    written += text;
    look();
  });
  const quit = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve(screenOf(written)));
  });
  const until = (condition) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`It never came; there is:\n${screenOf(written)}`)), PATIENCE);
      const check = () => {
        const screen = screenOf(written);
        if (!condition(plain(screen))) return;
        clearTimeout(timer);
        waiting.delete(check);
        resolve(screen);
      };
      waiting.add(check);
      check();
    });
  try {
    return await act({ until, quit, press: (key) => child.stdin.write(key) });
  } finally {
    child.kill();
  }
}

const plain = (text) => text.replace(/\x1b\[[\d;]*m/g, "");

/** What is left of what was written, when lines were drawn over: ferry moves the cursor up to the first of them, and erases. */
function screenOf(written) {
  const lines = [""];
  for (const [part, up] of written
    .replaceAll("\r\n", "\n")
    .matchAll(/\x1b\[(\d+)A\x1b\[0J|\n|(?:(?!\x1b\[\d+A)[^\n])+/g)) {
    if (up !== undefined) lines.splice(lines.length - 1 - Number(up), Infinity, "");
    else if (part === "\n") lines.push("");
    else lines[lines.length - 1] += part;
  }
  return lines.map(wrapped).join("\n").trimEnd();
}

/** A line in as many as it takes on the screen. */
function wrapped(line) {
  let column = 0;
  return line.replace(/\x1b\[[\d;]*m|[^]/g, (part) => {
    if (part.startsWith("\x1b")) return part;
    return column++ > 0 && column % COLUMNS === 1 ? `\n${part}` : part;
  });
}
