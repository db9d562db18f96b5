import { parseExpression } from "./expressions.ts";
import type { LoadTemplate } from "./nodes.ts";
import { parseTargetName } from "./targets.ts";
import type { TokenStream } from "./token-stream.ts";

/** `extends`, `include`, `import` and `from`; undefined when the word is none of them. */
export function parseLoading(stream: TokenStream, word: string): LoadTemplate | undefined {
  if (word !== "extends" && word !== "include" && word !== "import" && word !== "from") return undefined;
  const { at } = stream.next();
  const template = parseExpression(stream);
  let names: string[] = [];
  if (word === "include" && stream.atWord("ignore") && stream.ahead().value === "missing") {
    stream.next();
    stream.next();
  }
  if (word === "import") {
    stream.expectWord("as");
    names = [parseTargetName(stream)];
  }
  if (word === "from") names = parseNames(stream);
  else if (word !== "extends") skipContext(stream);
  return { type: "LoadTemplate", keyword: word, template, names, at };
}

function parseNames(stream: TokenStream): string[] {
  stream.expectWord("import");
  const names: string[] = [];
  for (;;) {
    if (names.length > 0) stream.expect(",");
    if (!stream.at("name")) stream.expect("name");
    if (skipContext(stream)) return names;
    const name = parseTargetName(stream);
    if (name.startsWith("_")) stream.fail("names starting with an underline can not be imported");
    names.push(stream.skipWord("as") ? parseTargetName(stream) : name);
    if (skipContext(stream) || !stream.at(",")) return names;
  }
}

function skipContext(stream: TokenStream): boolean {
  if (!stream.atWord("with", "without") || stream.ahead().value !== "context") return false;
  stream.next();
  stream.next();
  return true;
}
