import type { HttpRequest } from "../../http/types.ts";

/** A command that sends the same request. */
export function curlOf({ method, url, headers, body }: HttpRequest): string {
  const words = ["curl", ...(method === "GET" ? [] : ["-X", method]), quote(url)];
  for (const [name, value] of Object.entries(headers)) words.push("-H", quote(`${name}: ${value}`));
  if (body !== undefined)
    words.push("--data-binary", quote(typeof body === "string" ? body : Buffer.from(body).toString()));
  return words.join(" ");
}

const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
