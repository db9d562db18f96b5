import { configError } from "../../errors.ts";
import type { ConnectorSpecification } from "../../protocol/messages.gen.ts";
import type { Connector } from "./open-connector.ts";
import { runVerb } from "./run-verb.ts";

/**
 * What a connector says of its config.
 * @throws a config error with its own words where it says nothing
 */
export async function specificationOf(connector: Connector): Promise<ConnectorSpecification> {
  let spec: ConnectorSpecification | undefined;
  let problem = "it gave none";
  await runVerb(
    connector,
    "spec",
    {},
    {
      onMessage(message) {
        if (message.type === "SPEC") spec = message.spec;
        if (message.type === "TRACE") problem = message.trace.error?.message ?? problem;
      },
    },
  );
  if (spec !== undefined) return spec;
  throw configError(`The specification of ${connector.name} cannot be had: ${problem}`);
}
