import { configError } from "../../errors.ts";
import type { JsonObject } from "../../json/value.ts";
import type { Definition, Definitions, NewDefinition } from "./definitions.ts";

export interface Registered {
  readonly done: "created" | "updated" | "unchanged";
  readonly definition: Definition;
  /** The spec as the platform has it; undefined where its API does not tell. */
  readonly spec: JsonObject | undefined;
}

/**
 * Makes a workspace know an image: a definition of the same repository gets the tag, else a new one is made.
 * @throws a config error where the name is that of another image
 */
export async function register(definitions: Definitions, wanted: NewDefinition): Promise<Registered> {
  const known = await definitions.list();
  const { name, dockerRepository, dockerImageTag } = wanted;
  const same = known.find((one) => one.dockerRepository === dockerRepository && one.custom !== false);
  const namesake = known.find((one) => one.name === name && one.id !== same?.id);
  if (namesake !== undefined) {
    throw configError(
      `The workspace has a source named "${name}" already, of the image ${namesake.dockerRepository}:${namesake.dockerImageTag}: ` +
        "choose another name with --name.",
      { code: "name-taken" },
    );
  }
  const [done, definition] = await change(definitions, same, wanted);
  if (definition.dockerImageTag !== dockerImageTag) {
    throw configError(`Airbyte keeps the tag ${definition.dockerImageTag} of "${name}", not ${dockerImageTag}.`);
  }
  return { done, definition, spec: await definitions.spec(definition.id) };
}

async function change(
  definitions: Definitions,
  same: Definition | undefined,
  wanted: NewDefinition,
): Promise<[Registered["done"], Definition]> {
  const { name, dockerImageTag } = wanted;
  if (same === undefined) return ["created", await definitions.create(wanted)];
  if (same.dockerImageTag === dockerImageTag && same.name === name) return ["unchanged", same];
  return ["updated", await definitions.update(same.id, { name, dockerImageTag })];
}
