import { systemError } from "../errors.ts";
import type { Events } from "./run-command.ts";

const exitCodes = { SIGTERM: 143, SIGINT: 130 } as const;

/** Watches signals, uncaught exceptions, and what is written to stdout and stderr. Gives a function that ends this. */
export function watchProcess({ stop, crash, stray, mask }: Events): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (signal === "SIGTERM" || signal === "SIGINT") stop(exitCodes[signal], `the process got ${signal}`);
  };
  const onIdle = (): void => crash(systemError("The source waits for something that can no longer happen."));
  process.on("SIGTERM", onSignal).on("SIGINT", onSignal).on("beforeExit", onIdle);
  process.on("uncaughtException", crash).on("unhandledRejection", crash);
  const restore = [rewrite(process.stdout, (text) => (stray(text), "")), rewrite(process.stderr, mask)];
  return () => {
    process.off("SIGTERM", onSignal).off("SIGINT", onSignal).off("beforeExit", onIdle);
    process.off("uncaughtException", crash).off("unhandledRejection", crash);
    for (const undo of restore) undo();
  };
}

/** Passes each text that is written to a stream through a function. Gives a function that ends this. */
export function rewrite(stream: NodeJS.WriteStream, change: (text: string) => string): () => void {
  const own = Object.getOwnPropertyDescriptor(stream, "write");
  const write = stream.write.bind(stream);
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const text = change(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
    const done = rest.find((argument) => typeof argument === "function");
    return write(text, (error) => {
      done?.(error);
    });
  };
  return () => {
    if (own === undefined) Reflect.deleteProperty(stream, "write");
    else Object.defineProperty(stream, "write", own);
  };
}
