import { readJson } from "../../entrypoint/inputs.ts";
import type { ConfiguredAirbyteCatalog } from "../../protocol/messages.gen.ts";
import { readConfig } from "../connector/read-config.ts";
import { formatOf } from "../terminal/format.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { openEngine } from "./trial/engine.ts";
import { tryImage, type Trial } from "./trial/try-image.ts";

export interface TestOptions {
  readonly image: string;
  readonly config: string | undefined;
  readonly catalog: string | undefined;
  readonly engine: string | undefined;
  readonly memory: string;
  readonly network: string;
  readonly volume: readonly string[];
  readonly runFlags: string;
  readonly timeout: number;
  readonly format: "text" | "json" | undefined;
}

/** Tries an image, and prints what was found. Gives the exit code: 1 where something failed. */
export async function testImage(options: TestOptions, terminal: Terminal): Promise<0 | 1> {
  const { image, memory, network, timeout, volume: volumes } = options;
  const given = options.config === undefined ? undefined : await readConfig(options.config, { folder: process.cwd() });
  const catalog = options.catalog === undefined ? undefined : await readJson("catalog", options.catalog);
  const isText = formatOf(options.format, terminal, "json") === "text";
  const trials: Trial[] = [];
  const asked = {
    ...{ image, memory, network, timeout, volumes, config: given?.config },
    runFlags: options.runFlags.split(/\s+/).filter((flag) => flag !== ""),
    catalog: catalog as unknown as ConfiguredAirbyteCatalog | undefined, // the image says what is wrong with it
  };
  for await (const trial of tryImage(openEngine(options.engine), asked)) {
    trials.push(trial);
    if (isText) terminal.print(lineOf(trial, terminal));
  }
  const ok = trials.every((trial) => trial.ok);
  if (!isText) terminal.print(`${JSON.stringify({ image, ok, trials })}\n`);
  return ok ? 0 : 1;
}

function lineOf({ name, ok, detail, duration }: Trial, { style }: Terminal): string {
  const mark = ok ? style.green("✓") : style.red("✗");
  return `${mark} ${name.padEnd(8)} ${detail} ${style.dim(`${(duration / 1000).toFixed(1)} s`)}\n`;
}
