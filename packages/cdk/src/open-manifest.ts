import type { Component, ConfigCell, ManifestFile, Run } from "./component.ts";
import { equal } from "./json/equal.ts";
import { copy, get, isObject, type JsonObject } from "./json/value.ts";
import { assertValid } from "./manifest/assert-valid.ts";
import { createConfigCell } from "./manifest/config-cell.ts";
import type { Language } from "./manifest/language.ts";
import { once } from "./manifest/once.ts";
import { stateOwnTypes } from "./manifest/own-types.ts";
import { configRules, createPlan, loadLanguage, type Plan } from "./manifest/plan.ts";
import { configControl } from "./protocol/make-message.ts";
import { createRun, type RunInputs } from "./run.ts";
import type { SourceRun } from "./source.ts";

/** What a manifest may use beside itself. */
export interface Surrounding {
  /** The connector's own components, for `class_name` or a type of their own. */
  readonly components?: readonly Component[] | undefined;
  /** The folder of the manifest, for the files that it names. */
  readonly folder?: string | undefined;
  /** The manifest's file, so that an error can name a place in it. */
  readonly file?: ManifestFile | undefined;
}

/** A resolved manifest, to be bound to a config and a run. */
export interface OpenManifest {
  /** The language that the manifest is written in. @throws what is wrong with the manifest */
  language(): Promise<Language>;
  /** The config in today's form, with what the manifest derives from it. */
  configure(config: JsonObject, run: SourceRun): Promise<JsonObject>;
  /** @throws a config error where the manifest's own rules say that the config cannot work */
  bind(config: JsonObject, run: SourceRun, inputs?: RunInputs): Promise<Bound>;
  /** The same without a look at those rules. */
  bindUnchecked(config: JsonObject, run: SourceRun, inputs?: RunInputs): Promise<Bound>;
}

export interface Bound {
  readonly language: Language;
  readonly config: ConfigCell;
  readonly run: Run;
  readonly plan: Plan;
}

export function openManifest(resolved: () => JsonObject, { components = [], folder, file }: Surrounding): OpenManifest {
  const language = once(async () => {
    const loaded = await loadLanguage(components);
    stateOwnTypes(loaded, resolved());
    await assertValid(loaded, resolved());
    return loaded;
  });
  async function bindUnchecked(config: JsonObject, sourceRun: SourceRun, inputs: RunInputs = {}): Promise<Bound> {
    const spoken = await language();
    const cell = createConfigCell(config, sourceRun.emit);
    const run = createRun(sourceRun, { folder, manifest: file, ...inputs });
    return { language: spoken, config: cell, run, plan: createPlan(spoken, resolved(), cell, run) };
  }
  return {
    language,

    async configure(config, sourceRun) {
      // As in the reference an invalid manifest is told before an invalid config.
      const spoken = await language();
      if (get(specOf(resolved()), "config_normalization_rules") === undefined) return config;
      const cell = createConfigCell(config, sourceRun.emit);
      const rules = configRules(spoken, resolved(), cell, createRun(sourceRun, { folder, manifest: file }));
      const changed = copy(config);
      rules?.migrate(changed);
      if (!equal(changed, config)) sourceRun.emit(configControl(changed));
      rules?.transform(changed);
      return changed;
    },

    bindUnchecked,

    async bind(config, sourceRun, inputs) {
      const bound = await bindUnchecked(config, sourceRun, inputs);
      // Validations speak of the config as given, whatever a check puts in its place.
      await configRules(bound.language, resolved(), bound.config, bound.run)?.validate(config);
      return bound;
    },
  };
}

function specOf(manifest: JsonObject): JsonObject {
  const spec = get(manifest, "spec");
  return isObject(spec) ? spec : {};
}
