import { component, configError, get, set, type Component } from "ferry-cdk";

export const regionOfKey: Component = component({
  kind: "configTransformation",
  type: "RegionOfKey",
  schema: (_, z) => z.object({}),
  create: () => (config) => set(config, "region", String(get(config, "key")).split("-").at(-1)!),
});

export const knownRegion: Component = component({
  kind: "validationStrategy",
  type: "KnownRegion",
  schema: (_, z) => z.object({}),
  create: () => async (value) => {
    if (value !== "eu" && value !== "us") throw configError(`${String(value)} is no region: eu and us are.`);
  },
});
