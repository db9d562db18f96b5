import { configError } from "../../errors.ts";
import { str } from "../../json/python-text.ts";
import { tryParseAnyDatetime } from "../../datetime/airbyte-datetime.ts";
import { compare } from "../../datetime/arithmetic.ts";
import { now } from "../../datetime/epoch.ts";
import type { Json } from "../../json/value.ts";
import { openConnector } from "../connector/open-connector.ts";
import { givenConfig } from "../connector/read-config.ts";
import { formatOf } from "../terminal/format.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { pointer, valueAt } from "./config-places.ts";
import { describeSignIn } from "./specification.ts";

export interface StoredOptions {
  readonly target: string;
  readonly config?: string | undefined;
  readonly format?: "text" | "json" | undefined;
}

interface StoredField {
  readonly path: string;
  readonly isSet: boolean;
  /** A moment of expiry: no secret. */
  readonly expires?: string;
  readonly isExpired?: boolean;
}

/** Shows which credentials a config holds, none of their values. Gives the exit code: 1 where the sign-in left nothing. */
export async function authStatus(
  { target, config: given, format }: StoredOptions,
  terminal: Terminal,
): Promise<number> {
  const connector = await openConnector(target);
  const { flow } = await describeSignIn(connector);
  const config = await givenConfig(given, connector);
  if (config === undefined) {
    throw configError(`${connector.name} has no config yet: ferry auth login makes one.`, { code: "oauth-config" });
  }
  const fields = [...flow.serverOutputs, ...flow.outputs].map(({ name, path }) =>
    storedField(path, name, valueAt(config.config, path)),
  );
  const places = new Set(flow.outputs.map(({ path }) => pointer(path)));
  const isSignedIn = fields.some(({ path, isSet }) => isSet && places.has(path));
  if (formatOf(format, terminal, "json") === "json") {
    terminal.print(`${JSON.stringify({ isSignedIn, fields })}\n`);
    return isSignedIn ? 0 : 1;
  }
  const { style } = terminal;
  const rows = fields.map(({ path, isSet, expires, isExpired = false }) => [
    path,
    isSet ? style.green("set") : style.yellow("missing"),
    expires === undefined ? "" : `${isExpired ? "expired" : "valid until"} ${expires}`,
  ]);
  const columns = [{ head: "place in the config" }, { head: "" }, { head: "" }];
  terminal.print(table(columns, rows, terminal));
  terminal.print(isSignedIn ? "Signed in.\n" : "Not signed in: ferry auth login does that.\n");
  return isSignedIn ? 0 : 1;
}

function storedField(path: readonly string[], name: string, value: Json | undefined): StoredField {
  const isSet = value !== undefined && value !== null && value !== "";
  const moment = isSet && /expir/.test(name) ? tryParseAnyDatetime(value) : undefined;
  return {
    path: pointer(path),
    isSet,
    ...(moment === undefined ? {} : { expires: str(value!), isExpired: compare(moment, now()) <= 0 }),
  };
}
