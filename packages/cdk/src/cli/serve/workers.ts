import { fork, type ChildProcess } from "node:child_process";
import type { Question, Reply } from "./answer.ts";

export interface WorkerLimits {
  /** How many requests are worked on at once. */
  readonly concurrency: number;
  /** Seconds that one may take. */
  readonly timeout: number;
  /** Megabytes that one may take. */
  readonly memory: number;
}

/** Works on requests in processes of their own, so that none can end or hold up the server. */
export interface Workers {
  /** Never throws. An abort of the signal gives the work up. */
  answer(question: Question, signal: AbortSignal): Promise<Reply>;
  /** Ends all of them. */
  close(): void;
}

/** How a worker process is started. */
export interface WorkerProgram {
  readonly file: string;
  readonly args: readonly string[];
}

/** A process whose memory may have grown is let go after so many requests. */
const MOST_REQUESTS = 100;
/** How many requests may wait for a process. */
const MOST_WAITING = 100;

interface Worker {
  readonly process: ChildProcess;
  requests: number;
}

export function createWorkers(program: WorkerProgram, { concurrency, timeout, memory }: WorkerLimits): Workers {
  const all = new Set<Worker>();
  const idle: Worker[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;

  function start(): Worker {
    const process = fork(program.file, program.args, {
      execArgv: [`--max-old-space-size=${memory}`],
      env: { ...globalThis.process.env, FERRY_WORKER_MEMORY: String(memory) },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const worker = { process, requests: 0 };
    all.add(worker);
    process.once("exit", () => {
      all.delete(worker);
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
    });
    return worker;
  }

  /** Settles when there is a place; throws where the signal comes first. */
  function turn(signal: AbortSignal): Promise<void> {
    if (busy < concurrency) {
      busy++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(enter), 1);
        reject(new Error("No place was free in time."));
      };
      const enter = (): void => {
        signal.removeEventListener("abort", giveUp);
        resolve();
      };
      waiting.push(enter);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  function release(worker: Worker | undefined): void {
    if (worker !== undefined && worker.process.connected && ++worker.requests < MOST_REQUESTS) idle.push(worker);
    else worker?.process.kill("SIGKILL");
    const next = waiting.shift();
    if (next === undefined) busy--;
    else next();
  }

  return {
    async answer(question, signal) {
      if (waiting.length >= MOST_WAITING) return failed(503, "The server has too much to do. Try again later.");
      const late = AbortSignal.any([signal, AbortSignal.timeout(timeout * 1000)]);
      const tooLate = failed(
        504,
        `This takes longer than ${timeout} seconds, so it was given up. Test fewer pages or slices, or start the server with a longer --timeout.`,
      );
      try {
        await turn(late);
      } catch {
        return tooLate;
      }
      const worker = idle.pop() ?? start();
      const outcome = await ask(worker.process, question, late);
      const kept = "body" in outcome && outcome.spent !== true;
      if (!kept) worker.process.kill("SIGKILL");
      release(kept ? worker : undefined);
      if ("body" in outcome) return outcome;
      if (outcome.ended === undefined) return tooLate;
      return outcome.ended === OUT_OF_MEMORY
        ? failed(
            500,
            `This needs more than ${memory} MB of memory, so it was given up. Test fewer pages, or start the server with more --memory.`,
          )
        : failed(500, "The process that worked on this request ended unexpectedly. The server itself goes on.");
    },
    close() {
      for (const { process } of all) process.kill("SIGKILL");
    },
  };
}

/** The exit code of a worker that needs too much memory. */
export const OUT_OF_MEMORY = 134; // what Node's own abort amounts to

/** The worker's answer; how it ended in place of one; or nothing of both where time was up. */
function ask(
  worker: ChildProcess,
  question: Question,
  late: AbortSignal,
): Promise<Reply | { readonly ended?: number }> {
  return new Promise((resolve) => {
    const settle = (outcome: Reply | { readonly ended?: number }): void => {
      worker.off("message", onMessage);
      worker.off("exit", onExit);
      late.removeEventListener("abort", onAbort);
      resolve(outcome);
    };
    const onMessage = (message: unknown): void => settle(message as Reply); // worker.ts sends nothing else
    const onExit = (code: number | null, signal: string | null): void =>
      settle({ ended: signal === "SIGABRT" ? OUT_OF_MEMORY : (code ?? 1) });
    const onAbort = (): void => settle({});
    worker.once("message", onMessage);
    worker.once("exit", onExit);
    late.addEventListener("abort", onAbort, { once: true });
    if (late.aborted) onAbort();
    else worker.send(question, (error) => error !== null && settle({ ended: 1 }));
  });
}

const failed = (status: number, detail: string): Reply => ({ status, body: JSON.stringify({ detail }) });
