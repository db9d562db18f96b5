const formats: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["date", /^\d{4}-\d{2}-\d{2}$/],
  ["date-time", /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/],
  ["uuid", /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ["email", /^[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/i],
  ["uri", /^https?:\/\/[^\s/?#]+[^\s]*$/],
];

/** The JSON Schema format that a text has, "" for none. */
export function formatOf(text: string): string {
  return formats.find(([, pattern]) => pattern.test(text))?.[0] ?? "";
}
