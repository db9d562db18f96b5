import { valuesOf } from "./answer-head.ts";
import type { Connection, Released } from "./connection.ts";

/** The connections to one place. Their number has no bound: a slice that reads its parent's body holds one while its own requests need others. */
export interface Pool {
  /** One that was kept, the last one used first, or a new one. */
  readonly take: (opening: Opening) => Connection | Promise<Connection>;
  /** Breaks all that are kept, and those in use when they are free. */
  close(): void;
}

/** How a connection is wanted. */
export interface Opening {
  /** Seconds that it may take to be there. */
  readonly connectTimeout: number;
  /** Ends the wait for a tunnel; what waits for an answer has its own. */
  readonly signal: AbortSignal;
}

interface Kept {
  readonly connection: Connection;
  /** Since when it is free, in milliseconds of `performance.now()`. */
  readonly since: number;
  /** Until when it can be used, in milliseconds of `performance.now()`. */
  readonly until: number;
}

/** Milliseconds that an idle connection is kept where the server does not say how long it keeps it. */
const IDLE = 4000;
const MOST_IDLE = 600_000;
/** Milliseconds after which a server may have closed an idle connection without anybody having seen it. */
const UNSEEN = 2;
/** A connection is given up so much before the server would close it, lest a request meets its end. */
const EARLIER = 2000;

/** `open` makes a connection, whose `released` is called whenever it can be used again. */
export function createPool(open: (opening: Opening, released: Released) => Connection | Promise<Connection>): Pool {
  const kept: Kept[] = [];
  let closed = false;
  let sweeping = false;

  /** Ends idle connections when their time has come; holds no process back. */
  function sweepLater(): void {
    if (sweeping) return;
    sweeping = true;
    setTimeout(() => {
      sweeping = false;
      const now = performance.now();
      for (const { connection } of kept.filter(({ until }) => until <= now)) connection.destroy();
      const open = kept.filter(({ connection }) => connection.isOpen);
      kept.splice(0, kept.length, ...open);
      if (kept.length > 0) sweepLater();
    }, IDLE / 4).unref();
  }

  const released: Released = (connection, headers) => {
    const idle = idleTime(headers);
    if (closed || idle <= 0) return connection.destroy();
    connection.hold(false);
    const since = performance.now();
    kept.push({ connection, since, until: since + idle });
    sweepLater();
  };

  /** One that was kept and is open still, the last one used first. */
  function takeKept(): Connection | undefined {
    for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
      const { connection, until } = last;
      if (connection.isOpen && until > performance.now()) {
        connection.hold(true);
        return connection;
      }
      connection.destroy();
    }
    return undefined;
  }

  return {
    take(opening) {
      const last = kept.at(-1);
      // As in the reference, a connection that the server has closed by now is not taken.
      if (last !== undefined && performance.now() - last.since > UNSEEN) return pendingEvents().then(takeOrOpen);
      return takeOrOpen();

      function takeOrOpen(): Connection | Promise<Connection> {
        return takeKept() ?? open(opening, released);
      }
    },
    close() {
      closed = true;
      for (const { connection } of kept.splice(0)) connection.destroy();
    },
  };
}

/** Waits until what has come in on all connections by now was seen: the loop may be in the midst of older events, so for its next round. */
const pendingEvents = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

/** How long the server keeps an idle connection, as far as it can be relied on. */
function idleTime(headers: readonly string[]): number {
  for (const value of valuesOf(headers, "keep-alive")) {
    const seconds = /^timeout=\s*(\d+)/.exec(value)?.[1];
    if (seconds !== undefined) return Math.min(Number(seconds) * 1000 - EARLIER, MOST_IDLE);
  }
  return IDLE;
}
