// Runs command lines of ferry one after the other, in a process whose stdout is a terminal or a pipe as it was started.
// usage: run.mjs COMMANDS.json RESULTS.json; each command is { name, argv, until? }, each result { name, code, out, err }.
import { readFileSync, writeFileSync } from "node:fs";
import { main } from "../../packages/cdk/dist/cli/main.js";

const [commands, results] = process.argv.slice(2);
const told = [];
let current;
for (const [stream, key] of [
  [process.stdout, "out"],
  [process.stderr, "err"],
]) {
  const write = stream.write.bind(stream);
  stream.write = (chunk, ...rest) => {
    const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
    current[key] += text;
    // As if Ctrl-C were pressed, once it is there.
    if (current.until !== undefined && `${current.out}${current.err}`.includes(current.until)) {
      delete current.until;
      setImmediate(() => process.emit("SIGINT", "SIGINT"));
    }
    return write(chunk, ...rest);
  };
}
for (const { name, argv, until } of JSON.parse(readFileSync(commands, "utf8"))) {
  current = { name, out: "", err: "", ...(until === undefined ? {} : { until }) };
  process.exitCode = undefined;
  current.code = await main(argv);
  told.push(current);
}
process.exitCode = 0;
writeFileSync(results, JSON.stringify({ isTTY: process.stdout.isTTY === true, told }));
