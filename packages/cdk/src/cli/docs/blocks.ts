import { configError } from "../../errors.ts";

/** A part of a file that is made anew: it stands between its marks. What is outside of all marks belongs to people. */
export const block = (name: string, content: string): string =>
  `<!-- ferry:begin ${name} -->\n\n${content.trim()}\n\n<!-- ferry:end ${name} -->\n`;

const BLOCK = /<!-- ferry:begin (\S+) -->\r?\n[^]*?<!-- ferry:end (\S+) -->\r?\n?/g;

/** Whether a text has places for what is made. */
export const hasBlocks = (text: string): boolean => /<!-- ferry:begin /.test(text);

/**
 * The text with each block made anew. Blocks that are not there stay away: someone took them out.
 * @param file its name, for messages
 * @throws a config error where a mark is alone, or names nothing that can be made
 */
export function updateBlocks(text: string, contentOf: (name: string) => string | undefined, file: string): string {
  const updated = text.replaceAll(BLOCK, (_, name: string, end: string) => {
    if (name !== end) throw configError(`${file}: the block ${name} ends with the mark of ${end}.`);
    const content = contentOf(name);
    if (content === undefined) throw configError(`${file}: there is no part ${name} that could be made.`);
    return block(name, content);
  });
  const begins = text.match(/<!-- ferry:begin /g)?.length ?? 0;
  const ends = text.match(/<!-- ferry:end /g)?.length ?? 0;
  if (begins !== ends || begins !== (text.match(BLOCK)?.length ?? 0)) {
    throw configError(`${file}: a mark is alone: each <!-- ferry:begin NAME --> needs its <!-- ferry:end NAME -->.`);
  }
  return updated;
}
