/** A type's name for each stream: `order_items` becomes `OrderItems`, and no two are alike. */
export function typeNames(streams: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    streams.map((stream) => {
      const plain = stream
        .split(/[^A-Za-z0-9]+/)
        .filter((word) => word !== "")
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join("");
      const base = /^[A-Za-z]/.test(plain) ? plain : `Stream${plain}`;
      let name = base;
      for (let count = 2; taken.has(name); count++) name = `${base}${count}`;
      taken.add(name);
      return [stream, name];
    }),
  );
}

/** The head of a file that is written anew each time. */
export const generatedBy = (connector: string): string =>
  `// Records of ${connector}. Written by \`ferry types\`: change the schemas instead.\n`;
