import { expect, test } from "vitest";
import { configError } from "../../../../errors.ts";
import type { Slice } from "../../../../roles.ts";
import type { Job, JobStatus } from "./job.ts";
import { createJobSlots } from "./job-slots.ts";
import { finishedJobs } from "./run-jobs.ts";

type Polled = JobStatus | Error;

interface Played {
  readonly done: string[];
  readonly events: string[];
  readonly error: string | undefined;
}

interface Inputs {
  /** What polls say of each slice's jobs, one list an attempt; the last word of a list is repeated. */
  readonly polls: Readonly<Record<string, readonly (readonly Polled[])[]>>;
  readonly slots?: number;
  /** Seconds that the reader of a job takes. */
  readonly reading?: number;
  /** When the run is told to stop, in seconds. */
  readonly stopAt?: number;
}

/** Runs jobs on a clock of its own. */
async function play({ polls, slots = 9, reading = 0, stopAt }: Inputs): Promise<Played> {
  let now = 0;
  const events: string[] = [];
  const done: string[] = [];
  const attempts = new Map<string, number>();
  const looks = new Map<Job, number>();
  const controller = new AbortController();
  const nameOf = ({ slice }: Job): string => String(slice.partition["part"]);
  async function* slices(): AsyncGenerator<Slice> {
    for (const part of Object.keys(polls)) yield { partition: { part }, interval: {}, extra: {} };
  }
  const run = finishedJobs(slices(), {
    stream: "things",
    timeout: 60,
    failedWait: undefined,
    signal: controller.signal,
    slots: createJobSlots(slots),
    jobs: {
      async create(slice) {
        const part = String(slice.partition["part"]);
        attempts.set(part, (attempts.get(part) ?? 0) + 1);
        events.push(`create ${part}`);
        return { slice, creation: {}, polling: undefined };
      },
      async poll(job) {
        const script = polls[nameOf(job)]!;
        const words = script[Math.min(attempts.get(nameOf(job))!, script.length) - 1]!;
        const look = looks.get(job) ?? 0;
        looks.set(job, look + 1);
        const word = words[Math.min(look, words.length - 1)]!;
        if (word instanceof Error) throw word;
        return word;
      },
      async abort(job, signal) {
        events.push(`abort ${nameOf(job)}${signal === controller.signal ? "" : " at the end"}`);
      },
    },
    log: () => undefined,
    report: () => undefined,
    clock: () => now,
    async sleep(seconds, signal) {
      now += seconds;
      if (stopAt !== undefined && now >= stopAt) controller.abort(new Error("stopped"));
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    },
  });
  try {
    for await (const job of run) {
      done.push(nameOf(job));
      now += reading;
    }
    return { done, events, error: undefined };
  } catch (error) {
    return { done, events, error: error instanceof Error ? error.message : String(error) };
  }
}

test("jobs are given as they are done, whatever their order", async () => {
  const played = await play({ polls: { a: [["running", "running", "completed"]], b: [["completed"]] } });
  expect(played).toEqual({ done: ["b", "a"], events: ["create a", "create b"], error: undefined });
});

test("no more run than there are slots", async () => {
  const { done } = await play({ polls: { a: [["running", "completed"]], b: [["completed"]] }, slots: 1 });
  expect(done).toEqual(["a", "b"]);
});

test("the time that reading takes is none of the other jobs'", async () => {
  const polls = { a: [["completed"]], b: [["running", "completed"]] } as const;
  expect((await play({ polls, reading: 3600 })).events).toEqual(["create a", "create b"]);
});

test("a job that runs too long is aborted, and created again", async () => {
  const { done, events } = await play({ polls: { a: [["running"], ["completed"]] } });
  expect(done).toEqual(["a"]);
  expect(events).toEqual(["create a", "abort a", "create a"]);
});

test("a job whose state cannot be told is given up; the others are read", async () => {
  const played = await play({ polls: { a: [[new Error("no answer")]], b: [["running", "completed"]] } });
  expect(played.done).toEqual(["b"]);
  expect(played.events).toEqual(["create a", "create b", "abort a"]);
  expect(played.error).toContain('the job of the slice {"part":"a"}: no answer');
});

test("a config error ends all, and aborts what runs", async () => {
  const played = await play({ polls: { a: [["running"]], b: [["running", configError("denied")]] } });
  expect(played.error).toBe("denied");
  expect(played.events.slice(2).sort()).toEqual(["abort a at the end", "abort b at the end"]);
});

test("told to stop, it aborts what runs, though the run's own signal is no longer of use", async () => {
  const played = await play({ polls: { a: [["running"]], b: [["running"]] }, stopAt: 10 });
  expect(played.error).toBe("stopped");
  expect(played.events.slice(2)).toEqual(["abort a at the end", "abort b at the end"]);
});
