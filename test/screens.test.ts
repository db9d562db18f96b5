/** The screens in the README are those of today's code. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** Without util-linux' `script` there is no pseudo-terminal to take them from. */
test.runIf(existsSync("/usr/bin/script"))("screens are as the code draws them", { timeout: 60_000 }, async () => {
  const script = fileURLToPath(new URL("../scripts/screens.mjs", import.meta.url));
  const told = await promisify(execFile)(process.execPath, [script, "--check"]).catch((error: unknown) => error);
  expect((told as { stderr: string }).stderr).toBe(""); // execFile gives it, be it by throwing
});
