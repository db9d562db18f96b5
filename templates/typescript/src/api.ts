import { configError, get, isObject, parseJson, transientError, type JsonObject, type SourceRun } from "ferry-cdk";

export interface Api {
  /** A page of a list, and the cursor of the next one. */
  page(path: string, params: Readonly<Record<string, string>>): Promise<Page>;
}

export interface Page {
  readonly data: JsonObject[];
  readonly next: string | undefined;
}

export function createApi(config: JsonObject, { signal }: SourceRun): Api {
  const base = String(config["url"]);
  const headers = { authorization: `Bearer ${String(config["api_token"])}` };
  return {
    async page(path, params) {
      const answer = await fetch(`${base}${path}?${new URLSearchParams(params).toString()}`, { headers, signal });
      if (answer.status === 401) throw configError("The API refuses the token: make a new one, and set api_token.");
      if (!answer.ok) throw transientError(`The API answers ${path} with status ${answer.status}.`);
      const body = parseJson(await answer.text()); // keeps integers of every size
      const data = isObject(body) ? get(body, "data") : undefined;
      const next = isObject(body) ? get(body, "next") : undefined;
      return {
        data: Array.isArray(data) ? data.filter(isObject) : [],
        next: next === undefined || next === null ? undefined : String(next),
      };
    },
  };
}
