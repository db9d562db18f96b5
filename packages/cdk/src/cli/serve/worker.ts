import { answer, type Question } from "./answer.ts";
import { OUT_OF_MEMORY } from "./workers.ts";

/** Milliseconds between two looks at the memory. */
const PAUSE = 200;

/** Works on one request after the other, as the process that the server started for it, until that one is gone. */
export async function runWorker(): Promise<void> {
  const send = process.send?.bind(process);
  if (send === undefined) throw new Error("A worker is started by the server.");
  const limit = Number(process.env["FERRY_WORKER_MEMORY"]) * 1024 * 1024;
  // Node bounds the heap of JavaScript, not the bytes beside it.
  setInterval(() => {
    if (process.memoryUsage.rss() > limit * 1.5 + BASE) process.exit(OUT_OF_MEMORY);
  }, PAUSE).unref();
  process.on("message", (question: Question) => {
    void answer(question, NEVER.signal).then((reply) => send(reply));
  });
  // Told to end the server waits for the work that is under way.
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => undefined);
  await new Promise<void>((resolve) => process.once("disconnect", resolve));
  process.exit(0);
}

/** What a process needs that does nothing. */
const BASE = 100 * 1024 * 1024;
/** Work that is given up ends with its process. */
const NEVER = new AbortController();
