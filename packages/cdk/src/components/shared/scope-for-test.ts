import { component, type Scope } from "../../component.ts";
import { buildForTest, type TestInputs } from "./build-for-test.ts";

/** The scope that a component would be built with, for tests of what is shared by components. */
export function scopeForTest(inputs: TestInputs, parameters = {}): Scope {
  let found: Scope | undefined;
  const probe = component({
    kind: "piece",
    type: "Probe",
    schema: (_, z) => z.object({}),
    create(_, scope) {
      found = scope;
      return {};
    },
  });
  const components = [...inputs.components, probe];
  buildForTest("piece", { type: "Probe", $parameters: parameters }, { ...inputs, components });
  if (found === undefined) throw new Error("the probe was not built");
  return found;
}
