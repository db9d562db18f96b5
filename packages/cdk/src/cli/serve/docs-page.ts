import { models, type Schema } from "./models.ts";
import { endpoints } from "./endpoints.ts";

/** A page for people about what can be asked. It needs nothing from elsewhere. */
export function docsPage(): string {
  const asked = Object.entries(endpoints).map(
    ([name, { summary, request, answer }]) =>
      `<section><h2>POST /v1/manifest/${name}</h2><p>${summary}</p>` +
      `<p>Request: ${link(request)}. Answer: ${link(answer)}.</p></section>`,
  );
  const shapes = Object.entries(models).map(
    ([name, schema]) =>
      `<section id="${name}"><h3>${name}</h3><p>${schema.description ?? ""}</p>${table(schema)}</section>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Manifest server</title>
<style>body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}td,th{text-align:left;padding:0 1rem 0 0;vertical-align:top}</style>
<h1>Manifest server</h1>
<p>As an OpenAPI document: <a href="/openapi.json">/openapi.json</a>.</p>
<section><h2>GET /health/</h2><p>Whether the server is there.</p></section>
<section><h2>GET /capabilities/</h2><p>What it may do: ${link("CapabilitiesResponse")}.</p></section>
${asked.join("\n")}
<h2>Shapes</h2>
${shapes.join("\n")}
</html>
`;
}

const link = (model: string): string => `<a href="#${model}">${model}</a>`;

function table({ properties, required = [], enum: values }: Schema): string {
  if (values !== undefined) return `<p>${values.join(", ")}</p>`;
  const rows = Object.entries(properties ?? {}).map(([name, schema]) => {
    const range =
      schema.maximum === undefined ? "" : `, ${schema.minimum} to ${schema.maximum}, ${schema.default} when left out`;
    return `<tr><th>${name}</th><td>${required.includes(name) ? "required" : ""}</td><td>${typeOf(schema)}${range}</td></tr>`;
  });
  return rows.length === 0 ? "" : `<table>${rows.join("")}</table>`;
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return link(schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1));
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(" or ");
  if (schema.type === "array") return `list of ${typeOf(schema.items ?? {})}`;
  return schema.type ?? "anything";
}
