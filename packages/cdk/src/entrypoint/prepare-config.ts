import type { JsonObject } from "../json/value.ts";
import type { ConnectorSpecification } from "../protocol/messages.gen.ts";
import type { Source, SourceRun } from "../source.ts";
import { secretsOf } from "./secrets.ts";
import { configProblems } from "./validate-config.ts";

/** The config as the source is to get it, and what is wrong with it. Its secrets are known from then on. */
export async function prepareConfig(
  source: Pick<Source, "configure" | "problems">,
  spec: ConnectorSpecification,
  given: JsonObject,
  run: SourceRun,
): Promise<{ readonly config: JsonObject; readonly problems: readonly string[] }> {
  const schema = spec.connectionSpecification;
  for (const { value, path } of secretsOf(schema, given)) run.secret(value, path);
  const config = source.configure === undefined ? given : await source.configure(given, run);
  for (const { value, path } of secretsOf(schema, config)) run.secret(value, path);
  return { config, problems: [...(await configProblems(schema, config)), ...(source.problems?.(config) ?? [])] };
}

export const problemsMessage = (problems: readonly string[]): string =>
  `Config validation error: ${problems.join("\n")}`;
