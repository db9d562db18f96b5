import { isIPv6 } from "node:net";
import { joinUrl, splitUrl } from "../http/url-parts.ts";
import { isConnectorError, systemError } from "../errors.ts";
import { deepCopyObject } from "../json/deep-copy.ts";
import { get, has, isList, isObject, keys, remove, set, type Json, type JsonObject } from "../json/value.ts";

/** Brings one older form of a component up to date, in place. */
interface Migration {
  /** Named in the manifest's `metadata.applied_migrations`; names known from the reference. */
  readonly name: string;
  applies(component: JsonObject): boolean;
  /** `whole` asks for what the reference does with what it cannot take apart: nothing at all, for the whole manifest. */
  apply(component: JsonObject, whole: boolean): void;
}

const migrations: readonly Migration[] = [
  {
    name: "HttpRequesterUrlBaseToUrl",
    applies: (component) => isRequester(component) && has(component, "url_base"),
    apply: (component) => rename(component, "url_base", "url", get(component, "url_base")!),
  },
  {
    name: "HttpRequesterPathToUrl",
    applies: (component) => isRequester(component) && has(component, "path"),
    apply(component, whole) {
      const path = get(component, "path");
      const url = get(component, "url");
      if (typeof path !== "string" || typeof url !== "string") {
        if (whole) throw systemError("`path` and `url` must be texts.");
        return;
      }
      if (whole && [url, path].some(hasBracketedName))
        throw systemError(`A host in brackets must be an address: ${url}`);
      remove(component, "path");
      set(component, "url", joinPath(url, path));
    },
  },
  {
    name: "HttpRequesterRequestBodyJsonDataToRequestBody",
    applies: (component) =>
      isRequester(component) && (has(component, "request_body_data") || isObject(get(component, "request_body_json"))),
    apply(component) {
      const json = get(component, "request_body_json");
      // A text stays: it is a template of a whole body, which none of the newer forms is.
      if (isObject(json)) rename(component, "request_body_json", "request_body", jsonBody(json));
      const data = get(component, "request_body_data");
      if (data !== undefined) rename(component, "request_body_data", "request_body", formBody(data));
    },
  },
];

/** The fields that {@link migrateManifest} brings up to date, with the type that has them. */
export const migratedFields: ReadonlySet<string> = new Set(
  ["url_base", "path", "request_body_data", "request_body_json"].map((field) => `HttpRequester.${field}`),
);

/** What a requester's `url` is for its former base and path. */
export function joinPath(base: string, path: string): string {
  const relative = path.replace(/^\/+/, "");
  return relative === "" ? base : joinUrl(base.endsWith("/") ? base : `${base}/`, relative);
}

function hasBracketedName(url: string): boolean {
  const { authority } = splitUrl(url);
  if (!/[[\]]/.test(authority)) return false;
  const host = /\[([^\]]*)\]/.exec(authority)?.[1];
  return host === undefined || !(isIPv6(host) || /^v[0-9a-f]+\..+$/i.test(host));
}

const jsonBody = (value: JsonObject): JsonObject => ({
  type: typeof get(value, "query") === "string" ? "RequestBodyGraphQL" : "RequestBodyJsonObject",
  value,
});
const formBody = (value: Json): JsonObject => ({ type: "RequestBodyUrlEncodedForm", value });

export interface MigrateOptions {
  readonly now?: () => Date;
  /** Whether the manifest comes back as it is where some part of it cannot be migrated; true when left out. */
  readonly whole?: boolean;
}

/** A resolved manifest in today's forms, with a note of what was changed in `metadata`. */
export function migrateManifest(
  manifest: JsonObject,
  { now = () => new Date(), whole = true }: MigrateOptions = {},
): JsonObject {
  const migrated = deepCopyObject(manifest);
  const version = get(manifest, "version");
  try {
    for (const migration of migrations) {
      if (migrateAll(migrated, migration, whole)) note(migrated, migration.name, versionText(version), now());
    }
    return migrated;
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    return manifest; // as the reference does: all, or nothing
  }
}

/** Whether any component was changed. */
function migrateAll(value: Json, migration: Migration, whole: boolean): boolean {
  if (isList(value)) return value.map((each) => migrateAll(each, migration, whole)).some(Boolean);
  if (!isObject(value)) return false;
  let changed = false;
  if (has(value, "type")) {
    // Templates of streams are filled in later, in whichever form they are.
    if (get(value, "type") === "DynamicDeclarativeStream") return false;
    changed = migration.applies(value);
    if (changed) migration.apply(value, whole);
  }
  for (const key of [...keys(value)]) changed = migrateAll(value[key]!, migration, whole) || changed;
  return changed;
}

function note(manifest: JsonObject, migration: string, version: string, at: Date): void {
  const metadata = get(manifest, "metadata") ?? {};
  if (!isObject(metadata)) throw systemError("`metadata` must be a mapping.");
  const applied = get(metadata, "applied_migrations") ?? [];
  if (!isList(applied)) throw systemError("`metadata.applied_migrations` must be a list.");
  const migrated_at = at.toISOString().replace(/(?:\.000|(?<fraction>\.\d+))Z$/, (_, fraction?: string) => {
    return `${fraction === undefined ? "" : `${fraction}000`}+00:00`;
  });
  const entry = { from_version: version, to_version: "*", migration, migrated_at };
  set(metadata, "applied_migrations", [...applied, entry]);
  set(manifest, "metadata", metadata);
}

function rename(component: JsonObject, from: string, to: string, value: Json): void {
  remove(component, from);
  set(component, to, value);
}

const isRequester = (component: JsonObject): boolean => get(component, "type") === "HttpRequester";

const versionText = (version: Json | undefined): string =>
  version === undefined ? "0.0.0" : typeof version === "object" ? JSON.stringify(version) : String(version);
