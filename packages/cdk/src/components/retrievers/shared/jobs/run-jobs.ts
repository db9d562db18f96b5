import { isConnectorError, systemError } from "../../../../errors.ts";
import { monotonicSeconds, sleep, type Sleep } from "../../../../http/sleep.ts";
import { printJson } from "../../../../json/print.ts";
import type { Slice } from "../../../../roles.ts";
import { createIntake } from "./intake.ts";
import type { Job, JobStatus } from "./job.ts";
import type { JobSlots } from "./job-slots.ts";

/** What is done with a job while it runs; see http-jobs.ts. */
interface Work {
  create(slice: Slice): Promise<Job>;
  poll(job: Job): Promise<JobStatus>;
  abort(job: Job, signal: AbortSignal): Promise<void>;
}

export interface JobRun {
  readonly stream: string;
  readonly jobs: Work;
  readonly slots: JobSlots;
  /** Seconds that a job may run. */
  readonly timeout: number;
  /** Seconds to wait before a job that the API says failed is created again; undefined for the usual pause. */
  readonly failedWait: number | undefined;
  /** How often a job is created before its slice is given up; undefined for three times. */
  readonly attempts?: number | undefined;
  readonly signal: AbortSignal;
  log(level: "INFO" | "WARN", message: string): void;
  /** Tells of a job that could not be created. It may be on the next attempt. */
  report(error: unknown): void;
  /** The real ones when left out. */
  readonly sleep?: Sleep;
  readonly clock?: () => number;
}

/** A slice whose job runs, or is to be created again. It has one of the slots until it is done with. */
interface Place {
  readonly slice: Slice;
  attempts: number;
  /** Undefined where it could not be created. */
  job: Job | undefined;
  status: JobStatus;
  /** When it has run too long. */
  deadline: number;
  /** When to look again: at the job, or for another try. */
  next: number;
  looks: number;
  /** Polls in a row that failed. */
  pollFailures: number;
  reason: string;
}

const MAX_ATTEMPTS = 3;
/** The reference polls on for as long as the job may run, and fails the stream all the same. */
const MAX_POLL_FAILURES = 3;
/** Seconds between two looks at a job, and before another attempt. Young jobs are looked at sooner. */
const PAUSE = 5;
/** Milliseconds that aborts may take once nobody waits for the jobs any more. */
const FAREWELL = 2000;

/**
 * Creates a job for each slice, as many at once as there are slots, looks at them from time to time, and gives each that is done. A
 * job that failed is created again, twice at most. What fails for good is told at the end, when all others are done; but a
 * config error ends all at once. Jobs that nobody waits for any more are aborted.
 */
export async function* finishedJobs(slices: AsyncIterable<Slice>, run: JobRun): AsyncGenerator<Job> {
  const { stream, jobs, slots, signal, log } = run;
  const maxAttempts = run.attempts ?? MAX_ATTEMPTS;
  const clock = run.clock ?? monotonicSeconds;
  const pause = run.sleep ?? sleep;
  const intake = createIntake(slices);
  const places = new Set<Place>();
  const failures: string[] = [];
  const named = ({ slice }: Place): string => printJson({ ...slice.partition, ...slice.interval });

  async function create(place: Place): Promise<void> {
    place.attempts++;
    place.looks = 0;
    try {
      place.job = await jobs.create(place.slice);
      place.status = "running";
      place.deadline = clock() + run.timeout;
      place.next = clock();
    } catch (error) {
      if (ends(error)) throw error;
      run.report(error);
      place.job = undefined;
      set(place, "failed", PAUSE, messageOf(error));
      log("WARN", `Stream ${stream}: no job could be created for the slice ${named(place)}: ${place.reason}`);
    }
  }

  function set(place: Place, status: JobStatus, wait: number, reason: string): void {
    place.status = status;
    place.next = clock() + wait;
    place.reason = reason;
  }

  async function look(place: Place): Promise<void> {
    if (clock() >= place.deadline) {
      set(place, "timeout", PAUSE, `it ran longer than ${run.timeout / 60} minutes (polling_job_timeout)`);
      return;
    }
    try {
      place.status = await jobs.poll(place.job!);
      place.pollFailures = 0;
      if (place.status === "failed") set(place, "failed", run.failedWait ?? PAUSE, "the API says that it failed");
      else if (place.status === "timeout") set(place, "timeout", PAUSE, "the API says that it timed out");
      else place.next = clock() + Math.min(PAUSE, 2 ** place.looks++);
    } catch (error) {
      if (ends(error)) throw error;
      failures.push(`the job of the slice ${named(place)}: ${messageOf(error)}`);
      place.next = clock() + PAUSE;
      if (++place.pollFailures < MAX_POLL_FAILURES) return;
      place.attempts = maxAttempts;
      set(place, "timeout", 0, "its state cannot be told");
    }
  }

  async function abort(place: Place, until: AbortSignal = signal): Promise<void> {
    if (place.job === undefined) return;
    await jobs.abort(place.job, until).catch((error: unknown) => {
      log("WARN", `Stream ${stream}: the job of the slice ${named(place)} could not be aborted: ${messageOf(error)}`);
    });
  }

  function leave(place: Place): void {
    places.delete(place);
    slots.free();
  }

  async function settle(place: Place): Promise<void> {
    const isTimeout = place.status === "timeout";
    if (isTimeout) await abort(place);
    if (place.attempts >= maxAttempts) {
      leave(place);
      failures.push(`the slice ${named(place)}: ${place.reason} (attempt ${place.attempts})`);
    } else if (isTimeout) place.status = "failed"; // aborted once
  }

  function* due(...statuses: readonly JobStatus[]): Generator<Place> {
    for (const place of places) if (statuses.includes(place.status) && place.next <= clock()) yield place;
  }

  try {
    for (;;) {
      signal.throwIfAborted();
      for (const place of [...due("failed")]) await create(place);
      while (intake.held !== undefined && slots.take()) {
        const place = newPlace(intake.take());
        places.add(place);
        await create(place);
        await intake.soon();
      }
      throwFirst(await Promise.allSettled([...due("running")].map(look)));
      for (const place of [...places]) {
        if (place.status === "failed" || place.status === "timeout") await settle(place);
        if (place.status === "skipped") {
          log("INFO", `Stream ${stream}: the API has nothing for the slice ${named(place)}.`);
          leave(place);
        }
      }
      for (const place of [...places]) {
        if (place.status !== "completed") continue;
        leave(place);
        const given = clock();
        yield place.job!;
        // While its reader is at work nobody looks at the other jobs; that is no time of theirs.
        for (const other of places) other.deadline += clock() - given;
      }
      if (intake.failure !== undefined) {
        const { error } = intake.failure;
        if (ends(error)) throw error;
        failures.push(`the making of slices: ${messageOf(error)}`);
        intake.failure = undefined;
      }
      if (places.size === 0 && intake.ended) break;
      await rest();
    }
  } finally {
    const left = [...places];
    for (const place of left) leave(place);
    intake.close();
    const until = AbortSignal.timeout(FAREWELL);
    await Promise.all(left.filter(({ status }) => status === "running").map((place) => abort(place, until)));
  }
  if (failures.length > 0) {
    throw systemError(`Some jobs of stream ${stream} came to nothing, for ${failures.join("; ")}.`, {
      stream,
      code: "jobs-failed",
    });
  }

  /** Waits until a slice is there that can get a slot, or a place is due. */
  async function rest(): Promise<void> {
    const seconds = Math.min(...Array.from(places, ({ next }) => next - clock()));
    if (seconds <= 0) return;
    const awake = new AbortController();
    const waits: Promise<unknown>[] = [];
    if (Number.isFinite(seconds)) waits.push(pause(seconds, AbortSignal.any([signal, awake.signal])));
    if (intake.held !== undefined) waits.push(slots.freed());
    else if (!intake.ended) waits.push(intake.pulled());
    try {
      await Promise.race([...waits, aborted(AbortSignal.any([signal, awake.signal]))]);
    } finally {
      awake.abort();
    }
  }
}

const newPlace = (slice: Slice): Place => ({
  slice,
  attempts: 0,
  job: undefined,
  status: "running",
  deadline: 0,
  next: 0,
  looks: 0,
  pollFailures: 0,
  reason: "",
});

/** A config error is no other slice's luck. */
const ends = (error: unknown): boolean => isConnectorError(error) && error.failureType === "config_error";

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function throwFirst(results: readonly PromiseSettledResult<void>[]): void {
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted)
      reject(signal.reason as Error); // whatever it was aborted with
    else signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
