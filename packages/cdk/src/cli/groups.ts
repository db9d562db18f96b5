import type { CommandModule } from "yargs";

/** A group of `ferry`'s subcommands, one file each, loaded when it is called. */
export interface CommandGroup {
  readonly describe: string;
  readonly load: () => Promise<CommandModule>;
}

export const groups: Readonly<Record<string, CommandGroup>> = {
  auth: {
    describe: "Signs in by OAuth, and renews tokens.",
    load: async () => (await import("./auth.ts")).authCommand,
  },
  bundle: {
    describe: "Makes one JavaScript file of a connector.",
    load: async () => (await import("./bundle.ts")).bundleCommand as CommandModule,
  },
  capabilities: {
    describe: "Lists the components of the manifest language, and whether they run.",
    load: async () => (await import("./capabilities.ts")).capabilitiesCommand,
  },
  cassette: {
    describe: "Shows what was recorded, and what changed since.",
    load: async () => (await import("./cassette.ts")).cassetteCommand,
  },
  check: {
    describe: "Tries a connector's connection.",
    load: async () => (await import("./check.ts")).checkCommand as CommandModule,
  },
  dev: {
    describe: "Watches a connector, reads again what a save changed, and shows the difference.",
    load: async () => (await import("./dev.ts")).devCommand as CommandModule,
  },
  discover: {
    describe: "Shows a connector's streams.",
    load: async () => (await import("./discover.ts")).discoverCommand as CommandModule,
  },
  docs: {
    describe: "Writes a connector's page and README from its manifest.",
    load: async () => (await import("./docs.ts")).docsCommand as CommandModule,
  },
  image: {
    describe: "Builds images of connectors without a container engine.",
    load: async () => (await import("./image.ts")).imageCommand,
  },
  manifest: {
    describe: "Checks, explains and migrates manifests.",
    load: async () => (await import("./manifest.ts")).manifestCommand,
  },
  metadata: {
    describe: "Writes, checks and versions metadata.yaml.",
    load: async () => (await import("./metadata.ts")).metadataCommand,
  },
  plan: {
    describe: "Prints the requests that a read would send, without sending any.",
    load: async () => (await import("./plan.ts")).planCommand as CommandModule,
  },
  new: {
    describe: "Makes a connector: from a template, an OpenAPI description, curl commands or a HAR file.",
    load: async () => (await import("./new.ts")).newCommand,
  },
  publish: {
    describe: "Pushes a connector's image and makes it a source in Airbyte.",
    load: async () => (await import("./publish.ts")).publishCommand as CommandModule,
  },
  read: {
    describe: "Reads a connector's streams.",
    load: async () => (await import("./read.ts")).readCommand as CommandModule,
  },
  schema: {
    describe: "Infers streams' schemas from records, and compares them with what is declared.",
    load: async () => (await import("./schema.ts")).schemaCommand,
  },
  serve: {
    describe: "Serves a connector builder over HTTP.",
    load: async () => (await import("./serve.ts")).serveCommand as CommandModule,
  },
  spec: {
    describe: "Shows what a connector's config may hold.",
    load: async () => (await import("./spec.ts")).specCommand as CommandModule,
  },
  state: {
    describe: "Shows, compares, checks and rewinds states.",
    load: async () => (await import("./state.ts")).stateCommand,
  },
  test: {
    describe: "Tests a connector, live or from a cassette.",
    load: async () => (await import("./test.ts")).testCommand as CommandModule,
  },
  types: {
    describe: "Writes TypeScript types and zod schemas of a connector's streams.",
    load: async () => (await import("./types.ts")).typesCommand as CommandModule,
  },
};
