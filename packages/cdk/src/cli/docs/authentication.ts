import { entries, get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";

/** How a resolved manifest's requests are let in, as sentences. */
export function authenticationOf(manifest: JsonObject): string[] {
  const found = new Set<string>();
  const walk = (value: Json | undefined): void => {
    if (isList(value)) return value.forEach(walk);
    if (!isObject(value)) return;
    const authenticator = get(value, "authenticator");
    if (isObject(authenticator)) for (const sentence of sentencesOf(authenticator)) found.add(sentence);
    for (const [name, member] of entries(value)) if (name !== "authenticator") walk(member);
  };
  walk(get(manifest, "streams"));
  walk(get(manifest, "dynamic_streams"));
  const auth = at(manifest, "spec", "advanced_auth");
  if (auth !== undefined) found.add("Signing in by OAuth in the browser: `ferry auth login`.");
  return [...found];
}

function sentencesOf(authenticator: JsonObject): string[] {
  const type = String(get(authenticator, "type"));
  const fields = fieldsUsed(authenticator);
  const from = fields.length === 0 ? "" : ` (${fields.map((field) => `\`${field}\``).join(", ")})`;
  switch (type) {
    case "NoAuth":
      return ["None: the API is open to all."];
    case "BearerAuthenticator":
      return [`A token, sent as \`Authorization: Bearer\`${from}.`];
    case "ApiKeyAuthenticator": {
      const place = placeOf(authenticator);
      return [`An API key, sent as ${place}${from}.`];
    }
    case "BasicHttpAuthenticator":
      return [`User name and password, by HTTP Basic${from}.`];
    case "OAuthAuthenticator": {
      const grant = get(authenticator, "grant_type");
      const how = grant === "client_credentials" ? "for the client's own credentials" : "for a refresh token";
      return [`OAuth 2.0: access tokens are given ${how}${from}.`];
    }
    case "JwtAuthenticator":
      return [`A signed token (JWT), sent as \`Authorization\`${from}.`];
    case "SessionTokenAuthenticator":
    case "LegacySessionTokenAuthenticator":
      return [`A session: a login request gives a token, which is sent with the others${from}.`];
    case "SelectiveAuthenticator": {
      const choices = get(authenticator, "authenticators");
      return isObject(choices)
        ? entries(choices).flatMap(([, choice]) => (isObject(choice) ? sentencesOf(choice) : []))
        : [];
    }
    default:
      return [`${String(get(authenticator, "class_name") ?? type)}${from}.`];
  }
}

function placeOf(authenticator: JsonObject): string {
  const into = at(authenticator, "inject_into", "inject_into");
  const name = String(at(authenticator, "inject_into", "field_name") ?? get(authenticator, "header") ?? "");
  const places: Readonly<Record<string, string>> = {
    request_parameter: "the query parameter",
    body_data: "a field of the body,",
    body_json: "a member of the body,",
  };
  return `${(typeof into === "string" ? places[into] : undefined) ?? "the header"} \`${name}\``;
}

/** The members of the config that an authenticator's templates look at. */
function fieldsUsed(value: Json): string[] {
  if (typeof value === "string") {
    const reads = value.matchAll(
      /config((?:\[\s*['"][^'"]+['"]\s*\]|\.(?!get\b)\w+|\.get\(\s*['"][^'"]+['"][^)]*\))+)/g,
    );
    return [...reads].map(([, path]) =>
      [...path!.matchAll(/['"]([^'"]+)['"]|\.(?!get\b)(\w+)/g)].map(([, a, b]) => a ?? b).join("."),
    );
  }
  const inner = isList(value) ? value : isObject(value) ? entries(value).map(([, member]) => member) : [];
  return [...new Set(inner.flatMap(fieldsUsed))];
}

const at = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((found, key) => (isObject(found) ? get(found, key) : undefined), value);
