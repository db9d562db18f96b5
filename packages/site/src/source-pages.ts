import { readdir, readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path/posix";

/** A page before it is HTML. */
export interface SourcePage {
  /** Its address below the site's root, without `.html`. */
  readonly address: string;
  /** The file that it was written in, from the repository's root; links start there. Undefined for what is generated. */
  readonly file: string | undefined;
  readonly markdown: string;
}

/** Where files outside `docs` are on the site. */
const elsewhere: Readonly<Record<string, string>> = {
  "README.md": "index",
  "ARCHITECTURE.md": "architecture",
  "CONTRIBUTING.md": "contributing",
  "packages/cdk/README.md": "packages/ferry-cdk",
  "packages/components/README.md": "packages/ferry-components",
  "packages/create-ferry-connector/README.md": "packages/create-ferry-connector",
  "packages/source-csv/README.md": "packages/source-csv",
  "packages/source-rest-api/README.md": "packages/source-rest-api",
};

/** All pages that are written by hand: every one of `docs`, and those named above. */
export async function sourcePages(root: string): Promise<readonly SourcePage[]> {
  const docs = (await readdir(join(root, "docs"), { recursive: true })).filter((name) => name.endsWith(".md")).sort();
  const files = [...Object.keys(elsewhere), ...docs.map((name) => `docs/${name}`)];
  return Promise.all(
    files.map(async (file) => ({
      address: addressOf(file)!,
      file,
      markdown: await readFile(join(root, file), "utf8"),
    })),
  );
}

/** The pictures that pages show: files below `docs`, which are on the site at the same place. */
export async function pictures(root: string): Promise<readonly string[]> {
  return (await readdir(join(root, "docs"), { recursive: true })).filter(isPicture);
}

const isPicture = (file: string): boolean => /\.(?:svg|png)$/.test(file);

/** Where a page of the repository is on the site, if it is. */
function addressOf(file: string): string | undefined {
  if (file.startsWith("docs/") && file.endsWith(".md")) return file.slice("docs/".length, -".md".length);
  return elsewhere[file];
}

/**
 * A link of a page as the site has it. Files that are no pages are named by their path in the repository, which a
 * reader of the site has beside it.
 */
export function siteLink(page: Pick<SourcePage, "address" | "file">, link: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link) || link.startsWith("#")) return link;
  const [path = "", anchor] = link.split("#");
  const suffix = anchor === undefined ? "" : `#${anchor}`;
  if (page.file === undefined) return `${relativeTo(page.address, path)}.html${suffix}`;
  const file = normalize(join(dirname(page.file), path));
  if (file.startsWith("docs/") && isPicture(file)) return relativeTo(page.address, file.slice("docs/".length));
  const target = addressOf(file);
  return target === undefined ? undefined : `${relativeTo(page.address, target)}.html${suffix}`;
}

/** The way from one page's folder to something at the site's root. */
export const relativeTo = (address: string, target: string): string =>
  `${"../".repeat(address.split("/").length - 1)}${target}`;
