import MiniSearch from "minisearch";
import type { Section } from "./markdown.ts";

/** What the browser's script has to know too: `assets/site.js`. */
const options = { fields: ["title", "text"], storeFields: ["title", "page", "link"] };

/** The index of all sections, as a script that the pages load when someone searches. */
export function searchIndex(
  pages: readonly { readonly address: string; readonly title: string; readonly sections: readonly Section[] }[],
): string {
  const index = new MiniSearch(options);
  let id = 0;
  for (const { address, title: page, sections } of pages) {
    for (const { title, anchor, text, level } of sections) {
      const link = `${address}.html${level === 1 ? "" : `#${anchor}`}`;
      index.add({ id: id++, title, text, page, link });
    }
  }
  return `window.ferrySearch = ${JSON.stringify({ options, index: JSON.stringify(index) })};\n`;
}
