import { transientError } from "../../../../errors.ts";
import { monotonicSeconds, sleep, type Sleep } from "../../../../http/sleep.ts";
import { createFlight } from "../flight.ts";
import type { Quota } from "./quota.ts";
import type { QuotaState } from "./quota-state.ts";

/** The states of a token's quotas, by the quota's name. */
export type TokenStates = ReadonlyMap<string, QuotaState>;

export interface RotationOptions {
  /** Each once. */
  readonly tokens: readonly string[];
  readonly quotas: readonly Quota[];
  /** Seconds that one request waits in all. */
  readonly maxWait: number;
  readonly reserveFraction: number;
  readonly minReserve: number;
  /** Asks how many calls a token has left. */
  readonly status: (token: string) => Promise<TokenStates>;
  readonly signal: AbortSignal;
  readonly log: (level: "INFO", message: string) => void;
  /** The real ones when left out. */
  readonly sleep?: Sleep;
  readonly clock?: () => number;
}

export interface Rotation {
  /** The token to send with, one call of which is spent. Waits where none has a call left. */
  take(quota: Quota): Promise<string>;
  /** Undefined before the first request. */
  state(token: string, quota: Quota): QuotaState | undefined;
}

/** Waits are told once a minute. */
const HEARTBEAT = 60;
/** The longest that a request is held back while there are calls left. */
const MAX_DELAY = 10;
const SHORTEST_DELAY = 0.1;
/** The shortest wait for new calls, so that a reset in the past makes no busy loop. */
const MIN_WAIT = 5;

/** Sends with one token as long as it has calls, then with the next; nearly out of calls with all, it slows down. */
export function createRotation(options: RotationOptions): Rotation {
  const { tokens, log, signal } = options;
  const pause = options.sleep ?? sleep;
  const clock = options.clock ?? monotonicSeconds;
  const seeding = createFlight();
  let states: ReadonlyMap<string, TokenStates> | undefined;
  let at = 0;
  let saidSlow = false;
  let saidUntracked = false;

  async function seed(): Promise<void> {
    const told = await Promise.all(tokens.map(async (token) => [token, await options.status(token)] as const));
    states = new Map(told);
    saidSlow = false;
    sayUntracked();
  }
  const state = (token: string, { name }: Quota): QuotaState => states!.get(token)!.get(name)!;
  const all = (quota: Quota): QuotaState[] => tokens.map((token) => state(token, quota));
  const isSpent = ({ remaining, tracked }: QuotaState): boolean => tracked && remaining <= 0;
  const rotate = (): void => void (at = (at + 1) % tokens.length);

  /** Seconds to hold a request back, so that the last calls last until there are new ones. */
  function delayOf(quota: Quota): number {
    const each = all(quota);
    const reserve = ({ limit }: QuotaState): number => Math.max(options.minReserve, limit * options.reserveFraction);
    if (each.some((one) => !one.tracked || one.remaining > reserve(one))) return 0;
    const left = each.reduce((sum, { remaining }) => sum + Math.max(remaining, 0), 0);
    const seconds = state(tokens[at]!, quota).resetAt - Date.now() / 1000;
    return left <= 0 || seconds <= 0 ? 0 : Math.min(seconds / left, MAX_DELAY);
  }

  async function waitForReset(quota: Quota, deadline: number): Promise<void> {
    const left = deadline - clock();
    const reset = Math.min(...all(quota).map(({ resetAt }) => resetAt - Date.now() / 1000));
    if (left <= 0 || reset >= left) {
      throw transientError("The rate limits of all tokens are reached.", {
        internal: `No token has a call of the quota "${quota.name}" left, and the next come in ${reset.toFixed(0)} s; the longest wait is ${options.maxWait} s.`,
      });
    }
    let rest = Math.min(Math.max(reset, MIN_WAIT), left);
    while (rest > 0) {
      log("INFO", `No token has a call of the quota "${quota.name}" left. New ones come in ${rest.toFixed(0)} s.`);
      await pause(Math.min(rest, HEARTBEAT), signal);
      rest -= HEARTBEAT;
    }
    // Another request may have asked meanwhile.
    if (all(quota).every(isSpent)) await seeding(seed);
  }

  function sayUntracked(): void {
    const count = [...states!.values()].filter((each) => [...each.values()].some(({ tracked }) => !tracked)).length;
    if (saidUntracked || count === 0) return;
    saidUntracked = true;
    log(
      "INFO",
      count === tokens.length
        ? "The API counts no calls: its tokens are used in turn, and requests neither wait nor slow down."
        : `The API counts no calls of ${count} of ${tokens.length} tokens: once the others have none left, all requests go by these.`,
    );
  }

  return {
    state: (token, quota) => states?.get(token)?.get(quota.name),
    async take(quota) {
      if (states === undefined) await seeding(seed);
      let deadline: number | undefined;
      for (;;) {
        const token = tokens[at]!;
        const current = state(token, quota);
        if (!current.tracked) {
          rotate();
          return token;
        }
        if (current.remaining > 0) {
          current.remaining--;
          const delay = delayOf(quota);
          if (delay >= SHORTEST_DELAY) {
            if (!saidSlow)
              log("INFO", `Few calls of the quota "${quota.name}" are left: requests wait ${delay.toFixed(1)} s.`);
            saidSlow = true;
            await pause(delay, signal);
          }
          return token;
        }
        if (all(quota).every(isSpent)) await waitForReset(quota, (deadline ??= clock() + options.maxWait));
        else rotate();
      }
    },
  };
}
