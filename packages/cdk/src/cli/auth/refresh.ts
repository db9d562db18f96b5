import { configError } from "../../errors.ts";
import { entries, get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { Message } from "../../protocol/message.ts";
import { openConnector } from "../connector/open-connector.ts";
import { givenConfig } from "../connector/read-config.ts";
import { resolvedManifest } from "../connector/resolved-manifest.ts";
import { runForPeople } from "../run/run-for-people.ts";
import { openSession } from "../run/session.ts";
import { formatOf } from "../terminal/format.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { pointer, valueAt, withValue } from "./config-places.ts";
import type { StoredOptions } from "./status.ts";

const LONG_AGO = "1970-01-01T00:00:00Z";

/**
 * Renews the tokens that a config keeps, whether they expired or not: a check with a config whose token expired long ago gets
 * new ones, and sends the config with them. Gives the exit code: 1 where none came.
 */
export async function refreshTokens(options: StoredOptions, terminal: Terminal): Promise<number> {
  const { target, config: given, format } = options;
  const connector = await openConnector(target);
  const config = await givenConfig(given, connector);
  if (config?.file === undefined) {
    throw configError("There is no config's file with tokens to renew: ferry auth login makes one.", {
      code: "oauth-config",
    });
  }
  const kept = keptTokens(await resolvedManifest(connector));
  if (kept.length === 0) {
    throw configError(
      `${connector.name} keeps no tokens in its config (no OAuthAuthenticator of its manifest has a refresh_token_updater): ` +
        "each run gets an access token by itself, and there is nothing to renew.",
      { code: "no-oauth" },
    );
  }
  const session = await openSession({ target, config: given, debug: false }, terminal);
  const expired = kept.reduce((changed, { expiry }) => withValue(changed, expiry, LONG_AGO), config.config);
  let renewed: JsonObject | undefined;
  await runForPeople(
    { ...session, config: { ...config, config: expired } },
    "check",
    {},
    {
      complain: terminal.complain,
      style: terminal.remarks,
      onMessage(message: Message) {
        if (message.type === "CONTROL") renewed = message.control.connectorConfig?.config ?? renewed;
      },
    },
  );
  const after = renewed;
  const isText = formatOf(format, terminal, "json") === "text";
  if (after === undefined) {
    if (isText) terminal.print(`${terminal.style.red("✗")} No new token came.\n`);
    else terminal.print(`${JSON.stringify({ isRenewed: false })}\n`);
    return 1;
  }
  const places = kept
    .flatMap(({ access, refresh, expiry }) => [access, refresh, expiry])
    .filter((path) => valueAt(after, path) !== valueAt(expired, path))
    .map(pointer);
  const stored = [...new Set(places)];
  if (isText) terminal.print(`${terminal.style.green("✓")} Renewed: ${stored.join(", ")}\n`);
  else terminal.print(`${JSON.stringify({ isRenewed: true, stored })}\n`);
  return 0;
}

/** Where a config keeps tokens. */
interface KeptTokens {
  readonly access: readonly string[];
  readonly refresh: readonly string[];
  readonly expiry: readonly string[];
}

function keptTokens(value: Json | undefined): KeptTokens[] {
  if (isList(value)) return value.flatMap(keptTokens);
  if (!isObject(value)) return [];
  const updater = get(value, "type") === "OAuthAuthenticator" ? get(value, "refresh_token_updater") : undefined;
  if (!isObject(updater)) return entries(value).flatMap(([, member]) => keptTokens(member));
  const path = (name: string): readonly string[] => {
    const given = get(updater, `${name}_config_path`);
    return isList(given) && given.length > 0 ? given.map(String) : ["credentials", name];
  };
  return [{ access: path("access_token"), refresh: path("refresh_token"), expiry: path("token_expiry_date") }];
}
