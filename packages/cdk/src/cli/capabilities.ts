import type { CommandModule } from "yargs";
import { loadLanguage } from "../manifest/plan.ts";
import { covered, definitions } from "./capabilities/language.gen.ts";

/** A definition of the manifest language, and whether it runs. */
interface Capability {
  readonly type: string;
  readonly supported: boolean;
  readonly properties: readonly { readonly name: string; readonly supported: boolean }[];
}

/** `ferry capabilities`: which parts of the manifest language run. */
export const capabilitiesCommand: CommandModule = {
  command: "capabilities",
  describe: "Lists the components of the manifest language, and whether they run.",
  builder: (yargs) => yargs.option("json", { type: "boolean", default: false, describe: "Print JSON." }),
  async handler({ json }) {
    const components = await capabilities();
    process.stdout.write(json === true ? `${JSON.stringify({ components }, undefined, 2)}\n` : table(components));
  },
};

/**
 * All definitions of the language. One is supported where its component is registered and a case of `test/cases` reads
 * records through it as the reference does, a custom one where it does so with a component of the case's own; a property
 * where the component knows it.
 */
export async function capabilities(): Promise<readonly Capability[]> {
  const { components, schemaOf } = await loadLanguage([]);
  const proven = new Set<string>(covered);
  return Object.entries(definitions).map(([type, properties]) => {
    const registered = components.has(type);
    const known = registered ? Object.keys(schemaOf(type).shape) : [];
    // What has no properties, such as ValueType, is a kind of value: it is no component that could be registered.
    const runs = registered || properties.length === 0 || plain.has(type);
    const supported = runs && proven.has(type);
    return {
      type,
      supported,
      properties: properties.map((name) => ({
        name,
        supported: supported && (!registered || known.includes(name)),
      })),
    };
  });
}

/** Definitions that are read as a part of the component that holds them. */
const plain: ReadonlySet<string> = new Set(["RequestBodyGraphQlQuery", "SessionTokenRequestApiKeyAuthenticator"]);

function table(components: readonly Capability[]): string {
  const lines = components.map(({ type, supported, properties }) => {
    const missing = properties.filter((property) => !property.supported).map(({ name }) => name);
    if (!supported) return `no   ${type}\n`;
    return missing.length === 0 ? `yes  ${type}\n` : `yes  ${type}, without ${missing.join(", ")}\n`;
  });
  const count = components.filter(({ supported }) => supported).length;
  return `${lines.join("")}\n${count} of ${components.length} run.\n`;
}
