import type { ConfigCell } from "../../../../component.ts";
import { formatAnyDatetime, parseAnyDatetime } from "../../../../datetime/airbyte-datetime.ts";
import type { DateTime } from "../../../../datetime/datetime.ts";
import { configError } from "../../../../errors.ts";
import { str } from "../../../../json/python-text.ts";
import type { Json } from "../../../../json/value.ts";
import { compilePath } from "../../../shared/dpath/path.ts";
import type { TokenStore } from "./token-holder.ts";

/** A token that lives as long as the run. */
export function memoryStore(accessToken: string | undefined, expiry: DateTime | undefined): TokenStore {
  let token = accessToken;
  let until = expiry;
  return {
    accessToken: () => token,
    expiry: () => (token === undefined ? undefined : until),
    save(fresh) {
      token = fresh.accessToken;
      until = fresh.expiry;
    },
  };
}

export interface TokenPaths {
  readonly accessToken: readonly string[];
  readonly refreshToken: readonly string[];
  readonly expiry: readonly string[];
}

/** A token that is kept in the config, by which the platform has it for the next run. */
export function configStore(config: ConfigCell, paths: TokenPaths): TokenStore {
  const accessToken = configValue(config, paths.accessToken);
  const expiry = configValue(config, paths.expiry);
  return {
    accessToken: () => text(accessToken()),
    expiry() {
      const stated = text(expiry());
      if (stated === "") return undefined;
      try {
        return parseAnyDatetime(stated);
      } catch (cause) {
        throw configError(`The config's ${paths.expiry.join(".")} is "${stated}", which is no date and time.`, {
          cause,
        });
      }
    },
    save(fresh) {
      config.set(
        [paths.accessToken, fresh.accessToken],
        ...(fresh.refreshToken === undefined ? [] : [[paths.refreshToken, fresh.refreshToken] as const]),
        [paths.expiry, formatAnyDatetime(fresh.expiry)],
      );
    },
  };
}

/** Reads the config anew each time: another stream may have refreshed the token. */
export function configValue(config: ConfigCell, path: readonly string[]): () => Json | undefined {
  const place = compilePath(path);
  return () => place.get(config.get());
}

const text = (value: Json | undefined): string => (value === undefined || value === null ? "" : str(value));
