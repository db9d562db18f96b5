import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { layOut } from "./layout.ts";
import { renderMarkdown } from "./markdown.ts";
import { arrange } from "./navigation.ts";
import { commandPage, type Main } from "./reference/command-page.ts";
import { componentPages } from "./reference/component-pages.ts";
import { searchIndex } from "./search-index.ts";
import { pictures, siteLink, sourcePages } from "./source-pages.ts";

/**
 * Writes the site into a folder: the pages of the repository at `root`, the references made from the code, and an index
 * to search. `main` runs `ferry`. Gives the addresses of the pages.
 */
export async function buildSite(root: string, out: string, main: Main): Promise<readonly string[]> {
  const sources = [
    ...(await sourcePages(root)),
    ...(await componentPages(join(root, "test/cases"))),
    await commandPage(main),
  ];
  const pages = sources.map((page) => ({
    address: page.address,
    ...renderMarkdown(page.markdown, (href) => siteLink(page, href)),
  }));
  const parts = arrange(pages);
  await rm(out, { recursive: true, force: true });
  await mkdir(join(out, "assets"), { recursive: true });
  await cp(join(root, "packages/site/assets"), join(out, "assets"), { recursive: true });
  for (const picture of await pictures(root)) await cp(join(root, "docs", picture), join(out, picture));
  const search = createRequire(join(root, "packages/site/package.json")).resolve("minisearch");
  const script = await readFile(join(dirname(search), "../umd/index.js"), "utf8");
  await writeFile(join(out, "assets/minisearch.js"), script.replace(/\n\/\/# sourceMappingURL=.*/, ""));
  await writeFile(join(out, "assets/search-index.js"), searchIndex(pages));
  for (const page of pages) {
    const file = join(out, `${page.address}.html`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, layOut(page, parts));
  }
  return pages.map(({ address }) => address);
}
