import type { Ref, Scope } from "../../../component.ts";
import { systemError } from "../../../errors.ts";
import type { ComponentMapping } from "../../../roles.ts";

/** Builds mappings that always apply. */
export function buildMappings(
  mappings: readonly Ref<"componentMapping">[],
  resolver: string,
  scope: Scope,
): ComponentMapping[] {
  const built = mappings.map((each) => scope.build(each));
  if (built.some(({ condition }) => condition !== undefined)) {
    throw systemError(
      `A mapping of the ${resolver} of ${scope.stream.name} has a condition. Only those of a ConfigComponentsResolver may.`,
    );
  }
  return built;
}
