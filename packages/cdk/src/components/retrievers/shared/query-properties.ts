import { configError } from "../../../errors.ts";
import { entries, get, isObject, type JsonObject } from "../../../json/value.ts";

/** The QueryProperties that a requester names, in whichever of its three places. */
export function findQueryProperties(
  requester: JsonObject,
  stream: string,
): (JsonObject & { type: string }) | undefined {
  const parameters = get(requester, "request_parameters");
  const inParameters = isObject(parameters)
    ? entries(parameters).filter(([, value]) => isObject(value) && get(value, "type") === "QueryProperties")
    : [];
  const endpoint = get(requester, "fetch_properties_from_endpoint");
  if (inParameters.length > 1 || (inParameters.length === 1 && endpoint !== undefined)) {
    throw configError(
      `Stream ${stream}: the requester names its query properties more than once ` +
        `(request_parameters.${inParameters.map(([name]) => name).join(", request_parameters.")}` +
        `${endpoint === undefined ? "" : ", fetch_properties_from_endpoint"}). Keep one.`,
      { stream },
    );
  }
  const [only] = inParameters;
  if (only !== undefined) return typed(only[1] as JsonObject);
  if (endpoint !== undefined) return { type: "QueryProperties", property_list: endpoint };
  const own = get(requester, "query_properties");
  return isObject(own) ? typed(own) : undefined;
}

function typed(spec: JsonObject): JsonObject & { type: string } {
  return { ...spec, type: "QueryProperties" };
}
