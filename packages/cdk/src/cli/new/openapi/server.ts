import { configError } from "../../../errors.ts";
import { snakeCase, type ConfigField, type Finding } from "../draft.ts";
import { nodesOf, textOf, type Document } from "./document.ts";

/** The address of an API; where it has parts that a user chooses they are fields of the config. */
export function serverOf(
  { root, resolve }: Document,
  file: string,
  given: string | undefined,
): { readonly urlBase: string; readonly fields: readonly ConfigField[]; readonly finding: Finding } {
  const finding = (value: string, confidence: Finding["confidence"], why: string): Finding => ({
    subject: "address",
    value,
    confidence,
    why,
  });
  if (given !== undefined) {
    const urlBase = given.replace(/\/$/, "");
    return { urlBase, fields: [], finding: finding(urlBase, "high", "given with --url") };
  }
  const host = textOf(root["host"]);
  if (host !== undefined) {
    const schemes = nodesOf(root["schemes"]);
    const scheme = schemes.includes("https") || schemes.length === 0 ? "https" : String(schemes[0]);
    const urlBase = `${scheme}://${host}${(textOf(root["basePath"]) ?? "").replace(/\/$/, "")}`;
    return { urlBase, fields: [], finding: finding(urlBase, "high", "host and basePath of the description") };
  }
  const servers = nodesOf(root["servers"]).map((each) => resolve(each));
  const server = servers.find(({ url }) => /^https?:\/\/|^\{/.test(textOf(url) ?? "")) ?? servers[0];
  const url = (textOf(server?.["url"]) ?? "").replace(/\/$/, "");
  if (!/^https?:\/\/|^\{/.test(url)) {
    throw configError(
      `${file} does not state where the API is (${url === "" ? "no servers" : `its server is ${url}`}): say it with --url https://….`,
    );
  }
  const variables = resolve(server?.["variables"]);
  const fields = [...url.matchAll(/\{([^}]+)\}/g)].map(([, name]): ConfigField => {
    const variable = resolve(variables[name!]);
    const values = nodesOf(variable["enum"]).map(String);
    const usual = textOf(variable["default"]);
    const description = textOf(variable["description"])?.split("\n")[0];
    return {
      name: snakeCase(name!),
      schema: {
        type: "string",
        title: snakeCase(name!).replaceAll("_", " "),
        ...(description === undefined ? {} : { description }),
        ...(values.length > 0 ? { enum: values } : {}),
        ...(usual === undefined || usual === "" ? {} : { default: usual }),
      },
      required: true,
      example: usual ?? values[0] ?? "example",
    };
  });
  const urlBase = url.replaceAll(/\{([^}]+)\}/g, (_, name: string) => `{{ config['${snakeCase(name)}'] }}`);
  const why = servers.length > 1 ? `the first of ${servers.length} servers` : "the server of the description";
  return { urlBase, fields, finding: finding(urlBase, servers.length > 1 ? "medium" : "high", why) };
}
