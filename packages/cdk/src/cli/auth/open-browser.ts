import { spawn } from "node:child_process";

/** Opens a URL in the user's browser, as far as there is one: whether it did, nobody can tell. */
export function openBrowser(url: string, env: Readonly<Record<string, string | undefined>>): void {
  const [program, ...args] = commandOf(url, env);
  const child = spawn(program, args, { stdio: "ignore", detached: true });
  child.on("error", () => undefined); // the URL was printed, too
  child.unref();
}

function commandOf(url: string, env: Readonly<Record<string, string | undefined>>): [string, ...string[]] {
  if (env["BROWSER"]) return [env["BROWSER"], url];
  if (process.platform === "darwin") return ["open", url];
  // The shell's own `start` would take an & in the URL for the end of the command.
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler", url];
  return ["xdg-open", url];
}
