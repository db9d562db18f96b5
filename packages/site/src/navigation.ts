/** A part of the navigation. Pages of `docs` that none names come under {@link OTHER}, by their titles. */
interface Part {
  readonly title: string;
  readonly pages: readonly string[];
}

export const OTHER = "More";

/** The order of pages, by their addresses. */
export const navigation: readonly Part[] = [
  { title: "Begin", pages: ["index", "tutorial", "new-connector", "migrating-from-python"] },
  {
    title: "How to",
    pages: [
      "how-to/pagination",
      "how-to/incremental-sync",
      "how-to/substreams",
      "how-to/oauth",
      "how-to/errors-and-rate-limits",
      "custom-components",
      "how-to/tests-and-cassettes",
      "how-to/publishing",
    ],
  },
  {
    title: "The tool",
    pages: [
      "cli",
      "dev",
      "testing",
      "record-and-replay",
      "types",
      "state",
      "oauth",
      "connector-docs",
      "metadata",
      "manifest-server",
      "images",
      "dockerfile",
    ],
  },
  { title: "Reference", pages: ["components/index", "commands", "manifest-lints", "stable-api"] },
  { title: "Behind it", pages: ["architecture", "speed", "python-components", "releasing", "contributing"] },
];

export interface Linked {
  readonly address: string;
  readonly title: string;
}

/** The pages there are, in their order, by parts; pages that belong to another (`components/…`) are shown below it. */
export function arrange(
  pages: readonly Linked[],
): readonly { readonly title: string; readonly pages: readonly Linked[] }[] {
  const byAddress = new Map(pages.map((page) => [page.address, page]));
  const known = navigation.map(({ title, pages: addresses }) => ({
    title,
    pages: addresses.flatMap((address) => {
      const page = byAddress.get(address);
      return page === undefined ? [] : [page, ...(address === "components/index" ? componentPages(pages) : [])];
    }),
  }));
  const named = new Set(known.flatMap((part) => part.pages));
  const others = pages.filter((page) => !named.has(page)).sort((a, b) => a.title.localeCompare(b.title));
  return [...known, { title: OTHER, pages: others }].filter((part) => part.pages.length > 0);
}

const componentPages = (pages: readonly Linked[]): readonly Linked[] =>
  pages.filter(({ address }) => address.startsWith("components/") && address !== "components/index");
