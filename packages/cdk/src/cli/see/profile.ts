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
  const spent: Record<Cost, number> = { templates: 0, transformations: 0, output: 0 };
  let nested = 0; // what was counted within the work that is measured now
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
        const outer = nested;
        nested = 0;
        const begin = performance.now();
        try {
          return work();
        } finally {
          const took = performance.now() - begin;
          spent[cost] += took - nested;
          nested = outer + took;
        }
      },
    },
    end() {
      const all = performance.now() - start;
      const resting = idle();
      const answers = onTheirWay > 0 ? awaited + resting - idleAt : awaited;
      const counted = spent.templates + spent.transformations + spent.output;
      const rows: [string, number][] = [
        ["waiting for answers", answers],
        ["waiting for rate limits and other tries", resting - answers],
        ["templates", spent.templates],
        ["transformations and filters", spent.transformations],
        ["output", spent.output],
        ["decoding, selecting, and all else", all - resting - counted],
      ];
      const shown = [...rows, ["all", all] as const].map(([what, time]) => [
        what,
        duration(Math.max(0, time) / 1000),
        `${Math.round((100 * Math.max(0, time)) / all)} %`,
      ]);
      const right = { align: "right" as const };
      const columns = [{ head: "where the time went" }, { head: "time", ...right }, { head: "", ...right }];
      complain(table(columns, shown, { width, style: remarks }));
    },
  };
}

async function* until(body: AsyncIterable<Uint8Array>, over: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    over();
  }
}
