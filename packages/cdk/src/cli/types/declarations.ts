import { compile } from "json-schema-to-typescript";
import { plainJson, plainSchema } from "../../json-schema/plain-schema.ts";
import { generatedBy, typeNames } from "./type-names.ts";
import type { TypedStream } from "./write-types.ts";

/** The declarations of all streams' records, and a map of the streams' names to them. */
export async function printDeclarations(streams: readonly TypedStream[], connector: string): Promise<string> {
  const names = typeNames(streams.map(({ name }) => name));
  const parts: string[] = [];
  for (const { name, schema } of streams) {
    const plain = withoutTitles(plainSchema(schema) as Record<string, unknown>); // of an object
    const text = await compile(plain, names.get(name)!, {
      bannerComment: "",
      format: false, // prettier, which would do it, is left out of the bundle
      unknownAny: true,
      declareExternallyReferenced: false,
      $refOptions: { resolve: { external: false } },
    });
    parts.push(indented(text.trim()));
  }
  const map = streams.map(({ name }) => `  ${JSON.stringify(name)}: ${names.get(name)!};\n`).join("");
  return `${generatedBy(connector)}\n${parts.join("\n\n")}\n\n/** Each stream's records. */\nexport interface Streams {\n${map}}\n`;
}

/** Titles would become names of types: two fields of one title would be the same. */
function withoutTitles(schema: Record<string, unknown>, isProperties = false): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => isProperties || key !== "title" || typeof value !== "string")
      .map(([key, value]) => [key, inner(key, value, isProperties)]),
  );
}

function inner(key: string, value: unknown, isProperties: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => inner("", item, false));
  if (typeof value !== "object" || value === null) return value;
  if (!isProperties && (key === "enum" || key === "const" || key === "examples" || key === "default"))
    return plainJson(value as never);
  return withoutTitles(value as Record<string, unknown>, !isProperties && key === "properties"); // an object has members
}

/** Lines as deep as the braces around them, statements ended. */
function indented(text: string): string {
  let depth = 0;
  let isComment = false;
  return text
    .split("\n")
    .map((raw) => {
      const line = raw.trim();
      if (line.startsWith("/*")) isComment = true;
      const shown = isComment && line.startsWith("*") ? ` ${line}` : line;
      if (!isComment && /^[}\])]/.test(line)) depth--;
      const printed =
        line === "" ? "" : "  ".repeat(Math.max(0, depth)) + shown + (needsEnd(line, isComment, depth) ? ";" : "");
      if (!isComment && /[{([]$/.test(line)) depth++;
      if (line.endsWith("*/")) isComment = false;
      return printed;
    })
    .join("\n");
}

const needsEnd = (line: string, isComment: boolean, depth: number): boolean =>
  !isComment && depth > 0 && !/[{([|&;,]$/.test(line);
