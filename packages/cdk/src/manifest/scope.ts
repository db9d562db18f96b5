import type { ConfigCell, Ref, Run, Scope, StreamScope } from "../component.ts";
import { ref } from "../components/shared/refs.ts";
import { compileBoolean } from "../interpolation/boolean.ts";
import { compileMapping } from "../interpolation/mapping.ts";
import { compileNestedMapping } from "../interpolation/nested-mapping.ts";
import { compileString, compileText } from "../interpolation/string.ts";
import type { Context } from "../interpolation/template.ts";
import { str } from "../json/python-text.ts";
import { copy, entries, get, isObject, remove, set, type Json, type JsonObject } from "../json/value.ts";
import type { Kind, Roles } from "../roles.ts";
import type { Language } from "./language.ts";
import { profiled } from "./profiled.ts";
import { classError, unknownClass } from "./unknown-class.ts";

/** Builds a component of the manifest, outside of any stream. */
export type Builder = <K extends Kind>(child: Ref<K>, within?: Partial<StreamScope>) => Roles[K];

const noStream: StreamScope = {
  name: "",
  primaryKey: [],
  spec: {},
  state: undefined,
  isParent: false,
  decoder: undefined,
  cursor: undefined,
  providers: [],
  fields: [],
  raw: false,
  lazy: undefined,
  dataFeed: false,
  clientSideIncremental: false,
  transformations: [],
  schema: undefined,
  fileUploader: undefined,
  url: undefined,
  purpose: undefined,
};

/** Binds the language to one run: the config, the state, the connections. */
export function createBuilder(language: Language, config: ConfigCell, run: Run): Builder {
  return buildWithin(noStream);

  function buildWithin(stream: StreamScope): Builder {
    return (child, within) => {
      const self = language.specOf(child);
      const unknown = unknownClass(language, self, run.folder);
      if (unknown !== undefined) throw classError(unknown, run, stream.name);
      const scope = scopeOf(self, within === undefined ? stream : { ...stream, ...within });
      const { kind, type, create } = language.componentOf(child);
      run.test?.built?.(type, self);
      const made = create(self, scope);
      return run.profile === undefined ? made : profiled(kind, made, run.profile);
    };
  }

  function scopeOf(self: JsonObject, stream: StreamScope): Scope {
    const given = get(self, "$parameters");
    const parameters = isObject(given) ? given : {};
    const options = { parameters };
    /** Every template sees the config. A context that is used for many records brings it along. */
    const seeing = <T>(evaluate: (context: Context) => T): ((context: Context) => T) => {
      const see = (context: Context): T =>
        evaluate(context["config"] === undefined ? { ...context, config: config.get } : context);
      const { profile } = run;
      return profile === undefined ? see : (context) => profile.measure("templates", () => see(context));
    };
    return {
      config,
      parameters,
      self,
      stream,
      run,
      build: buildWithin(stream),
      like(kind, type, fields = {}) {
        const own = copy(self);
        remove(own, "class_name");
        for (const [name, value] of entries(fields)) set(own, name, value);
        set(own, "type", type);
        return buildWithin(stream)(ref(kind, own as JsonObject & { type: string })); // it was set right here
      },
      spec: language.specOf,
      template: (source, fallback, type) =>
        typeof source === "string"
          ? seeing(compileString(source, { parameters, default: fallback, validTypes: type && [type] }))
          : () => source,
      text: (source) => {
        if (typeof source === "string") return seeing(compileText(source, options));
        const text = str(source);
        return () => text;
      },
      condition: (source) => seeing(compileBoolean(typeof source === "boolean" ? source : textOf(source), options)),
      mapping: (source, types) => seeing(compileMapping(source, types ? { parameters, valueTypes: types } : options)),
      nested: (source) => seeing(compileNestedMapping(source, options)),
    };
  }
}

function textOf(source: Json): string {
  return typeof source === "string" ? source : str(source);
}
