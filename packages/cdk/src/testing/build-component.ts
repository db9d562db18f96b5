import { prettifyError } from "zod";
import type { Component, Run, StreamScope } from "../component.ts";
import { finalCursor } from "../components/cursors/shared/final.ts";
import { ref } from "../components/shared/refs.ts";
import { sleep } from "../http/sleep.ts";
import type { JsonObject } from "../json/value.ts";
import { createConfigCell } from "../manifest/config-cell.ts";
import { loadLanguage } from "../manifest/plan.ts";
import { createBuilder } from "../manifest/scope.ts";
import type { Message } from "../protocol/message.ts";
import type { Kind, Roles } from "../roles.ts";
import { createRun } from "../run.ts";

/**
 * What a component meets while it is built.
 * @experimental
 */
export interface BuildInputs {
  readonly config?: JsonObject;
  /** Its `$parameters`. */
  readonly parameters?: JsonObject;
  /** Other components of the connector that it, or what is in it, names. */
  readonly components?: readonly Component[];
  /** What its stream hands down to it; a stream without a name, read whole, when left out. */
  readonly stream?: Partial<StreamScope>;
  /** Parts of the run that stand in for its own, such as `sleep`. */
  readonly run?: Partial<Run>;
}

/**
 * A component as a manifest's becomes one, and what it sends and logs from then on.
 * @experimental
 */
export interface BuiltComponent<K extends Kind> {
  readonly role: Roles[K];
  readonly messages: readonly Message[];
  /** Each after its level. */
  readonly logs: readonly string[];
}

/**
 * Builds one component for a test as a manifest would that gives it these fields: they are checked, defaults filled in.
 * @throws where the fields are not what its schema takes
 * @example
 * const { role } = await buildComponent(trim, { fields: ["name"] });
 * @experimental
 */
export async function buildComponent<K extends Kind>(
  component: Component<K>,
  fields: JsonObject = {},
  { config = {}, parameters, components = [], stream = {}, run = {} }: BuildInputs = {},
): Promise<BuiltComponent<K>> {
  const language = await loadLanguage([component, ...components]);
  const stated = { type: component.type, class_name: component.type };
  const spec = { ...fields, ...stated, ...(parameters === undefined ? {} : { $parameters: parameters }) };
  const { error } = language.ownSchema(component).safeParse(spec);
  if (error !== undefined) throw new Error(`${component.type} cannot be built:\n${prettifyError(error)}`);

  const logs: string[] = [];
  const messages: Message[] = [];
  const { signal } = new AbortController();
  const log = (level: string) => (text: string | (() => string)) => {
    logs.push(`${level} ${typeof text === "string" ? text : text()}`);
  };
  const made = createRun({
    emit: (message) => void messages.push(message),
    log: { debug: log("DEBUG"), info: log("INFO"), warn: log("WARN"), error: log("ERROR") },
    signal,
    sleep: (seconds) => sleep(seconds, signal),
    now: () => Date.now(),
    secret: () => undefined,
  });
  const cell = createConfigCell(config, (message) => void messages.push(message));
  const build = createBuilder(language, cell, { ...made, ...run });
  const role = build(ref(component.kind, spec), { cursor: finalCursor(undefined), state: {}, ...stream });
  return { role, messages, logs };
}
