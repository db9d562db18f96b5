/** The lines of a text as they arrive, without their ends. What follows the last end is a line unless it is empty. */
export async function* lines(text: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest: string[] = [];
  for await (const part of text) {
    const end = part.lastIndexOf("\n");
    if (end < 0) {
      rest.push(part);
      continue;
    }
    rest.push(part.slice(0, end));
    yield rest.join("").split("\n");
    rest = end + 1 < part.length ? [part.slice(end + 1)] : [];
  }
  const last = rest.join("");
  if (last !== "") yield [last];
}
