import type { ConnectorModel, FieldModel, Relation, StreamModel } from "./model.ts";

/** How many streams a diagram shows: beyond that it is no help. */
const MOST = 60;

/** The streams that belong together, as a Mermaid diagram; empty where none do. */
export function entityDiagram({ streams, relations }: Pick<ConnectorModel, "streams" | "relations">): string {
  const shown = streams
    .filter(({ name }) => relations.some(({ from, to }) => from === name || to === name))
    .slice(0, MOST);
  const names = new Set(shown.map(({ name }) => name));
  const known = relations.filter(({ from, to }) => names.has(from) && names.has(to));
  if (known.length === 0) return "";
  const entities = shown.map((stream) => {
    const lines = attributes(stream, known).map((line) => `        ${line}`);
    return lines.length === 0
      ? `    ${quoted(stream.name)}`
      : `    ${quoted(stream.name)} {\n${lines.join("\n")}\n    }`;
  });
  const lines = known.map(
    ({ from, to, field, confidence }) =>
      `    ${quoted(to)} ${confidence === "high" ? "||--o{" : "|o..o{"} ${quoted(from)} : ${quoted(field ?? "for each")}`,
  );
  return ["```mermaid", "erDiagram", ...entities, ...lines, "```", ""].join("\n");
}

/** Keys alone: all fields are in the tables. */
function attributes({ name, primaryKey, fields }: StreamModel, relations: readonly Relation[]): string[] {
  const foreign = new Set(
    relations.flatMap(({ from, field }) => (from === name && field !== undefined ? [field] : [])),
  );
  const typeOf = (path: string): FieldModel["type"] => fields.find((field) => field.path === path)?.type ?? "any";
  return [...new Set([...primaryKey, ...foreign])].map((path) => {
    const marks = [primaryKey.includes(path) ? "PK" : "", foreign.has(path) ? "FK" : ""].filter(Boolean).join(", ");
    return `${word(typeOf(path))} ${word(path)} ${marks}`;
  });
}

const quoted = (text: string): string => `"${text.replaceAll('"', "'")}"`;
/** What Mermaid takes for the name of an attribute or a type. */
const word = (text: string): string => {
  const plain = text
    .replaceAll("[]", "")
    .replaceAll(/[^A-Za-z0-9_]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  return /^[A-Za-z]/.test(plain) ? plain : `f_${plain}`;
};
