import type { ConfigCell, Ref, Run, Scope, StreamScope } from "../component.ts";
import { get, isObject, type JsonObject } from "../json/value.ts";
import type { Kind, Roles } from "../roles.ts";
import type { Language } from "./language.ts";
import { compileCondition, compileMapping, compileNested, compileString } from "../interpolation/interpolated.ts";
import type { Context } from "../interpolation/template.ts";

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
  dataFeed: false,
  clientSideIncremental: false,
  transformations: [],
  schema: undefined,
  fileUploader: undefined,
};

/** Binds the language to one run: the config, the state, the connections. */
export function createBuilder(language: Language, config: ConfigCell, run: Run): Builder {
  return buildWithin(noStream);

  function buildWithin(stream: StreamScope): Builder {
    return (child, within) => {
      const component = language.componentOf(child);
      const spec = language.specOf(child);
      const scope = scopeOf(spec, within === undefined ? stream : { ...stream, ...within });
      return component.create(spec, scope);
    };
  }

  function scopeOf(self: JsonObject, stream: StreamScope): Scope {
    const given = get(self, "$parameters");
    const parameters = isObject(given) ? given : {};
    const seen = <T>(evaluate: (context: Context) => T): ((context: Context) => T) => {
      return (context) => evaluate({ ...context, config: config.get(), parameters });
    };
    return {
      config,
      parameters,
      self,
      stream,
      run,
      build: buildWithin(stream),
      spec: language.specOf,
    };
  }
}
