import { compare } from "../../../../datetime/arithmetic.ts";
import type { DateTime } from "../../../../datetime/datetime.ts";
import { now } from "../../../../datetime/epoch.ts";
import type { Flight } from "../flight.ts";
import type { FreshToken } from "./token-answer.ts";

/** Where a token is kept. */
export interface TokenStore {
  accessToken(): string | undefined;
  /** Undefined where there is no token yet. */
  expiry(): DateTime | undefined;
  save(fresh: FreshToken): void;
}

export interface TokenHolder {
  /** The token, fetched anew where it has expired. */
  current(): Promise<string>;
  refresh(): Promise<void>;
}

/** Keeps a token fresh. Refresh tokens may work once only, so there is never more than one refresh at a time. */
export function createTokenHolder(store: TokenStore, fetch: () => Promise<FreshToken>, flight: Flight): TokenHolder {
  const expired = (): boolean => {
    const expiry = store.expiry();
    return expiry === undefined || compare(now(), expiry) > 0;
  };
  const refresh = (): Promise<void> => flight(async () => store.save(await fetch()));
  return {
    async current() {
      if (expired()) await refresh();
      return store.accessToken() ?? "";
    },
    refresh,
  };
}
