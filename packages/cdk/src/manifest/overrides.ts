import type { Run } from "../component.ts";
import { systemError } from "../errors.ts";
import { copy, entries, get, isObject, keys, set, type Json, type JsonObject } from "../json/value.ts";

/** The config with a check's `config_overrides` in place, undefined where the check has none. */
export function overrideForCheck(manifest: JsonObject, config: JsonObject, run: Run): JsonObject | undefined {
  const check = get(manifest, "check");
  const overrides = isObject(check) ? get(check, "config_overrides") : undefined;
  if (!isObject(overrides) || keys(overrides).length === 0) return undefined;
  const reserved = keys(overrides).filter((key) => key.startsWith("__airbyte"));
  if (reserved.length > 0) {
    throw systemError(
      `check.config_overrides sets ${reserved.join(", ")}: names that begin with __airbyte are the platform's.`,
    );
  }
  if (writesConfig(manifest)) {
    throw systemError(
      `check.config_overrides cannot go with a \`refresh_token_updater\`: a token refreshed during the check would save the ` +
        `check's values (${keys(overrides).join(", ")}) as the connection's config.`,
    );
  }
  run.log(
    "INFO",
    `For the check, these values of the config are overridden: ${[...keys(overrides)].sort().join(", ")}`,
  );
  const changed = copy(config);
  for (const [key, value] of entries(overrides)) {
    set(changed, key, value);
    if (isSecret(manifest, key) && typeof value === "string") run.secret(value);
  }
  return changed;
}

/** Whether some authenticator sends the config back to the platform. */
function writesConfig(value: Json): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).some(writesConfig);
  if (!isObject(value)) return false;
  const type = get(value, "type");
  const authenticates = type === "OAuthAuthenticator" || type === "CustomAuthenticator";
  return (
    (authenticates && isObject(get(value, "refresh_token_updater"))) ||
    entries(value).some(([, each]) => writesConfig(each))
  );
}

function isSecret(manifest: JsonObject, key: string): boolean {
  let place: Json | undefined = manifest;
  for (const name of ["spec", "connection_specification", "properties", key, "airbyte_secret"]) {
    place = isObject(place) ? get(place, name) : undefined;
  }
  return place === true;
}
