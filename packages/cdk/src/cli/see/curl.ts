import { bodyText } from "../../http/body-text.ts";
import type { HttpRequest } from "../../http/types.ts";

/** A command that sends the same request. */
export function curlOf(request: HttpRequest): string {
  const { method, url, headers } = request;
  const words = ["curl", ...(method === "GET" ? [] : ["-X", method]), quote(url)];
  for (const [name, value] of Object.entries(headers)) words.push("-H", quote(`${name}: ${value}`));
  const body = bodyText(request);
  if (body !== undefined) words.push("--data-binary", quote(body));
  return words.join(" ");
}

const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
