import { z } from "zod";
import type { Component, Run, StreamScope } from "../../component.ts";
import { sleep } from "../../http/sleep.ts";
import type { JsonObject } from "../../json/value.ts";
import { createConfigCell } from "../../manifest/config-cell.ts";
import { createLanguage, type Language } from "../../manifest/language.ts";
import { createBuilder } from "../../manifest/scope.ts";
import { parseCatalog } from "../../protocol/configured-catalog.ts";
import { parseState } from "../../protocol/incoming-state.ts";
import type { Message } from "../../protocol/message.ts";
import type { Kind, Roles } from "../../roles.ts";
import { createRun } from "../../run.ts";
import { ref } from "./refs.ts";

export interface TestInputs {
  /** All types that the component, and what is in it, are made of. */
  readonly components: readonly Component[];
  /** Those that a connector brings along, the same for the same list of components. */
  readonly own?: readonly Component[];
  readonly config?: JsonObject;
  /** States by stream. */
  readonly state?: JsonObject;
  readonly catalog?: JsonObject;
  readonly within?: Partial<StreamScope>;
  /** Parts of the run that stand in for its own, such as `send`. */
  readonly run?: Partial<Run>;
}

export interface Built<K extends Kind> {
  readonly component: Roles[K];
  readonly logs: string[];
  readonly messages: Message[];
}

const languages = new WeakMap<readonly Component[], Language>();

function languageOf({ components, own = [] }: TestInputs): Language {
  let language = languages.get(components);
  if (language === undefined) languages.set(components, (language = createLanguage(components, z, own)));
  return language;
}

/** Validates and builds a component as a manifest's, for tests. */
export function buildForTest<K extends Kind>(
  kind: K,
  spec: JsonObject & { type: string },
  inputs: TestInputs,
): Built<K> {
  const language = languageOf(inputs);
  const parsed = language.schemaOf(spec.type).safeParse(spec);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const logs: string[] = [];
  const messages: Message[] = [];
  const log = (level: string) => (message: string) => void logs.push(`${level} ${message}`);
  const { signal } = new AbortController();
  const run = createRun(
    {
      emit(message) {
        messages.push(message);
        if (message.type === "LOG") logs.push(`${message.log.level} ${message.log.message}`);
      },
      log: {
        debug: log("DEBUG"),
        info: log("INFO"),
        warn: log("WARN"),
        error: log("ERROR"),
        fatal: log("FATAL"),
      } as never,
      signal,
      sleep: (seconds) => sleep(seconds, signal),
      now: () => Date.now(),
      secret: () => undefined,
    },
    { state: parseState(inputs.state ?? {}), ...(inputs.catalog && { catalog: parseCatalog(inputs.catalog) }) },
  );
  const cell = createConfigCell(inputs.config ?? {}, (message) => void messages.push(message));
  const component = createBuilder(language, cell, { ...run, ...inputs.run })(ref(kind, spec), inputs.within);
  return { component, logs, messages };
}
