import { configError } from "../../errors.ts";
import { get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { nearest } from "../../protocol/nearest.ts";
import type { ApiName, Platform } from "./platform.ts";

/** A source definition: what a workspace knows of a connector's image. */
export interface Definition {
  readonly id: string;
  readonly name: string;
  readonly dockerRepository: string;
  readonly dockerImageTag: string;
  /** Whether it is a workspace's own; undefined where the API does not say. */
  readonly custom: boolean | undefined;
}

export interface NewDefinition {
  readonly name: string;
  readonly dockerRepository: string;
  readonly dockerImageTag: string;
  readonly documentationUrl: string;
}

/** The source definitions of a workspace, by the API that was chosen. */
export interface Definitions {
  list(): Promise<readonly Definition[]>;
  create(definition: NewDefinition): Promise<Definition>;
  update(id: string, change: { readonly name: string; readonly dockerImageTag: string }): Promise<Definition>;
  /**
   * The spec that the platform got from the image; undefined where the API does not tell it.
   * @throws a config error with the reason where it got none
   */
  spec(id: string): Promise<JsonObject | undefined>;
}

export function openDefinitions(platform: Platform, api: ApiName, workspaceId: string): Definitions {
  return api === "config" ? configDefinitions(platform, workspaceId) : publicDefinitions(platform, workspaceId);
}

function configDefinitions(platform: Platform, workspaceId: string): Definitions {
  const ask = (path: string, body: JsonObject): Promise<JsonObject> => platform.ask("config", "POST", path, body);
  return {
    async list() {
      const answer = await ask("/source_definitions/list_for_workspace", { workspaceId });
      return listIn(answer, "sourceDefinitions").map((one) => definitionOf(one, "sourceDefinitionId"));
    },
    async create(sourceDefinition) {
      const answer = await ask("/source_definitions/create_custom", {
        workspaceId,
        sourceDefinition: { ...sourceDefinition },
      });
      return definitionOf(answer, "sourceDefinitionId");
    },
    async update(id, change) {
      const answer = await ask("/source_definitions/update", { workspaceId, sourceDefinitionId: id, ...change });
      return definitionOf(answer, "sourceDefinitionId");
    },
    async spec(id) {
      const answer = await ask("/source_definition_specifications/get", { workspaceId, sourceDefinitionId: id });
      const spec = get(answer, "connectionSpecification");
      const job = get(answer, "jobInfo");
      if (isObject(spec)) return spec;
      const reason = isObject(job) ? get(job, "failureReason") : undefined;
      const told = isObject(reason) ? (get(reason, "externalMessage") ?? get(reason, "internalMessage")) : undefined;
      throw configError(
        `Airbyte knows the image but got no spec from it${typeof told === "string" ? `: ${told}` : ""}. Try it with ferry image test.`,
        { code: "no-spec" },
      );
    },
  };
}

function publicDefinitions(platform: Platform, workspaceId: string): Definitions {
  const path = `/workspaces/${workspaceId}/definitions/sources`;
  return {
    async list() {
      return listIn(await platform.ask("public", "GET", path), "data").map((one) => definitionOf(one, "id"));
    },
    async create(definition) {
      return definitionOf(await platform.ask("public", "POST", path, { ...definition }), "id");
    },
    async update(id, change) {
      return definitionOf(await platform.ask("public", "PUT", `${path}/${id}`, { ...change }), "id");
    },
    spec: async () => undefined,
  };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of the workspace that is meant: an id as it is, a name looked up; where none is named, the only one there is.
 * @throws a config error that names the workspaces there are
 */
export async function findWorkspace(platform: Platform, wanted: string | undefined): Promise<string> {
  if (wanted !== undefined && UUID.test(wanted)) return wanted;
  const found = await listWorkspaces(platform);
  const names = found.map(({ name }) => name);
  const named = wanted === undefined ? found : found.filter(({ name }) => name === wanted);
  if (named.length === 1) return named[0]!.id;
  if (named.length > 1) {
    const shown = named.map(({ id, name }) => `${name} (${id})`).join(", ");
    throw configError(`Which workspace? There are ${shown}: name one with --workspace.`, { code: "which-workspace" });
  }
  const near = wanted === undefined ? undefined : nearest(wanted, names);
  const hint = near === undefined ? `There are ${names.join(", ") || "none"}.` : `Did you mean ${near}?`;
  throw configError(`There is no workspace "${wanted ?? ""}". ${hint}`, { code: "no-workspace" });
}

const PAGE = 100; // the most that the API gives at once

async function listWorkspaces(platform: Platform): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const found: JsonObject[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = listIn(await platform.ask("public", "GET", `/workspaces?limit=${PAGE}&offset=${offset}`), "data");
    found.push(...page);
    if (page.length < PAGE) break;
  }
  return found.map((one) => ({ id: String(get(one, "workspaceId")), name: String(get(one, "name")) }));
}

const listIn = (answer: JsonObject, name: string): JsonObject[] => {
  const list = get(answer, name);
  return (isList(list) ? [...list] : []).filter((one: Json) => isObject(one));
};

function definitionOf(answer: JsonObject, id: string): Definition {
  const text = (name: string): string => {
    const value = get(answer, name);
    return typeof value === "string" ? value : "";
  };
  const custom = get(answer, "custom");
  return {
    id: text(id),
    name: text("name"),
    dockerRepository: text("dockerRepository"),
    dockerImageTag: text("dockerImageTag"),
    custom: typeof custom === "boolean" ? custom : undefined,
  };
}
