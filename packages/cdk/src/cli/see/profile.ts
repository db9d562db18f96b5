import type { Transport } from "../../http/types.ts";
import type { Cost, Profile } from "../../roles/profile.ts";
import type { Watcher } from "../run/watcher.ts";
import { duration } from "../terminal/amounts.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

export interface Profiling extends Watcher {
  readonly profile: Profile;
}

/**
 * Measures where the time of a verb goes, and prints it on stderr at the end. The parts add up to the whole: while this process
 * does nothing it waits, for answers as long as a request is on its way, else for a rate limit or another try.
 */
export function createProfiling({
  complain,
  width,
  remarks,
}: Pick<Terminal, "complain" | "width" | "remarks">): Profiling {
  const start = performance.now();
  const loop = performance.eventLoopUtilization();
  const spent: Record<Cost, number> = { decoding: 0, templates: 0, transformations: 0, output: 0 };
  let counted = 0; // all of it
  let onTheirWay = 0;
  let idleAt = 0;
  let awaited = 0;

  const idle = (): number => performance.eventLoopUtilization(loop).idle;
  function leave(): void {
    if (onTheirWay++ === 0) idleAt = idle();
  }
  function arrive(): void {
    if (--onTheirWay === 0) awaited += idle() - idleAt;
  }
  /** Parts of two works that went on at once are counted once, with the one that ended first. */
  function count(cost: Cost, time: number): void {
    if (time <= 0) return;
    spent[cost] += time;
    counted += time;
  }
  const transport: Transport = (exchange) => async (request, options) => {
    leave();
    let isOver = false;
    const over = (): void => {
      if (!isOver) arrive();
      isOver = true;
    };
    try {
      const answer = await exchange(request, options);
      return {
        ...answer,
        body: until(answer.body, over),
        discard() {
          over();
          return answer.discard();
        },
      };
    } catch (error) {
      over();
      throw error;
    }
  };

  return {
    transport,
    profile: {
      measure(cost, work) {
        const [begin, before] = [performance.now(), counted];
        try {
          return work();
        } finally {
          count(cost, performance.now() - begin - (counted - before));
        }
      },
      begin(cost) {
        const [begin, before, resting] = [performance.now(), counted, idle()];
        return () => count(cost, performance.now() - begin - (counted - before) - (idle() - resting));
      },
    },
    end() {
      const all = performance.now() - start;
      const resting = idle();
      const answers = onTheirWay > 0 ? awaited + resting - idleAt : awaited;
      const rows: [string, number][] = [
        ["waiting for answers", answers],
        ["waiting for rate limits and other tries", resting - answers],
        ["decoding", spent.decoding],
        ["templates", spent.templates],
        ["transformations and filters", spent.transformations],
        ["output", spent.output],
        ["selecting, and all else", all - resting - counted],
      ];
      const times = rows.map(([, time]) => Math.max(0, time));
      const shares = sharesOf(times);
      const shown = [
        ...rows.map(([what], index) => [what, times[index]!, shares[index]!] as const),
        ["all", all, 100] as const,
      ].map(([what, time, share]) => [what, duration(time / 1000), `${share} %`]);
      const right = { align: "right" as const };
      const columns = [{ head: "where the time went" }, { head: "time", ...right }, { head: "", ...right }];
      complain(table(columns, shown, { width, style: remarks }));
    },
  };
}

/** Whole percentages that make 100: those are rounded up that lose the most. */
function sharesOf(times: readonly number[]): number[] {
  const all = times.reduce((sum, time) => sum + time, 0) || 1;
  const exact = times.map((time) => (100 * time) / all);
  const shares = exact.map(Math.floor);
  const left = 100 - shares.reduce((sum, share) => sum + share, 0);
  const byLoss = exact.map((share, index) => [share - shares[index]!, index] as const).sort(([a], [b]) => b - a);
  for (const [, index] of byLoss.slice(0, left)) shares[index]!++;
  return shares;
}

async function* until(body: AsyncIterable<Uint8Array>, over: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    over();
  }
}
