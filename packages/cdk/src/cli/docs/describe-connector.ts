import { isConnectorError } from "../../errors.ts";
import { get, type JsonObject } from "../../json/value.ts";
import type { AirbyteStream } from "../../protocol/messages.gen.ts";
import type { Connector } from "../connector/open-connector.ts";
import { readMetadata, textOf, type Described } from "../connector/read-metadata.ts";
import { resolvedManifest } from "../connector/resolved-manifest.ts";
import { specificationOf } from "../connector/specification-of.ts";
import { optionsOf } from "../run/spec-table.ts";
import { declaredStreams } from "../schema/declared-streams.ts";
import { authenticationOf } from "./authentication.ts";
import { limitsOf } from "./limits.ts";
import { manifestStreams } from "./manifest-streams.ts";
import type { ConnectorModel, StreamModel } from "./model.ts";
import { relationsOf } from "./relations.ts";
import { schemaFields } from "./schema-fields.ts";

/**
 * What is known of a connector: of its manifest alone, or also of what it discovers where a config is given, or where it is
 * written in code.
 */
export async function describeConnector(
  connector: Connector,
  config: string | undefined,
  remark: (text: string) => void,
): Promise<ConnectorModel> {
  const [manifest, metadata, spec] = await Promise.all([
    resolvedManifest(connector),
    readMetadata(connector.folder),
    specificationOf(connector),
  ]);
  const own = manifest === undefined ? [] : manifestStreams(manifest, connector.folder);
  const found = manifest === undefined || config !== undefined ? await ask(connector, config, remark) : undefined;
  const streams = found === undefined ? own : discovered(found, own);
  return {
    name: connector.name,
    title: textOf(metadata["name"]) ?? titleOf(connector.name),
    version: textOf(metadata["dockerImageTag"]),
    documentationUrl: spec.documentationUrl ?? textOf(metadata["documentationUrl"]),
    authentication: manifest === undefined ? [] : authenticationOf(manifest),
    options: optionsOf(spec.connectionSpecification),
    streams,
    hasMoreStreams: found === undefined && (manifest === undefined || get(manifest, "dynamic_streams") !== undefined),
    relations: relationsOf(streams),
    limits: manifest === undefined ? [] : limitsOf(manifest),
    breakingChanges: breakingChanges(metadata),
  };
}

/** What the connector discovers. Where no config is given, it may be that it cannot do without: undefined then. */
async function ask(
  connector: Connector,
  config: string | undefined,
  remark: (text: string) => void,
): Promise<readonly AirbyteStream[] | undefined> {
  try {
    return (await declaredStreams(connector, config, undefined)).streams;
  } catch (error) {
    if (config !== undefined || !isConnectorError(error)) throw error;
    remark(`The streams are not known without --config: ${error.message}\n`);
    return undefined;
  }
}

/** What was discovered counts; the manifest says the rest. */
function discovered(streams: readonly AirbyteStream[], own: readonly StreamModel[]): StreamModel[] {
  return streams.map((stream) => {
    const known = own.find(({ name }) => name === stream.name);
    const modes = stream.supported_sync_modes.filter((mode) => mode === "full_refresh" || mode === "incremental");
    return {
      name: stream.name,
      primaryKey: (stream.source_defined_primary_key ?? []).map((path) => path.join(".")),
      cursor: stream.default_cursor_field?.join("."),
      syncModes: modes,
      pagination: known?.pagination,
      parents: known?.parents ?? [],
      fields: schemaFields(stream.json_schema),
    };
  });
}

/** `source-my-shop` is My Shop. */
const titleOf = (name: string): string =>
  name
    .replace(/^.*\//, "")
    .replace(/^source-/, "")
    .split(/[-_ ]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");

function breakingChanges(metadata: Described): ConnectorModel["breakingChanges"] {
  const releases = metadata["releases"] as { readonly breakingChanges?: JsonObject } | undefined; // as its format has it
  return Object.entries(releases?.breakingChanges ?? {}).map(([version, change]) => ({
    version,
    message: String((change as { readonly message?: unknown } | null)?.message ?? "")
      .replaceAll(/\s+/g, " ")
      .trim(),
  }));
}
