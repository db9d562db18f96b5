import type { ConfigField } from "./draft.ts";

/** What an incremental stream's first read starts from. */
export const startDate: ConfigField = {
  name: "start_date",
  schema: {
    type: "string",
    title: "Start date",
    description: "Records from before are not asked for.",
    format: "date-time",
    pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$",
    examples: ["2025-01-01T00:00:00Z"],
  },
  required: true,
  example: "2025-01-01T00:00:00Z",
};

/** What only its user may see. */
export function secretField(name: string, title: string, description?: string): ConfigField {
  return {
    name,
    schema: { type: "string", title, ...(description === undefined ? {} : { description }), airbyte_secret: true },
    required: true,
    example: `your-${name.replaceAll("_", "-")}`,
  };
}

export const isSecret = ({ schema }: ConfigField): boolean => schema["airbyte_secret"] === true;
