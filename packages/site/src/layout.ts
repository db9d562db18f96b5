import type { Section } from "./markdown.ts";
import type { arrange, Linked } from "./navigation.ts";
import { relativeTo } from "./source-pages.ts";

interface PageOfSite extends Linked {
  readonly html: string;
  readonly sections: readonly Section[];
}

/** A whole HTML page. It asks for nothing but files of the site, which the policy in its head holds it to. */
export function layOut(page: PageOfSite, parts: ReturnType<typeof arrange>): string {
  const at = (target: string): string => relativeTo(page.address, target);
  const order = parts.flatMap((part) => part.pages);
  const index = order.findIndex(({ address }) => address === page.address);
  const title = page.address === "index" ? "Ferry" : `${escape(page.title)} · Ferry`;
  return `<!doctype html>
<html lang="en" data-root="${at("")}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; style-src 'self' 'unsafe-inline'">
<title>${title}</title>
<link rel="icon" href="${at("assets/icon.svg")}">
<link rel="stylesheet" href="${at("assets/site.css")}">
<script src="${at("assets/theme.js")}"></script>
<script src="${at("assets/site.js")}" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<button type="button" id="menu" aria-controls="navigation" aria-expanded="false" aria-label="Pages">☰</button>
<a class="name" href="${at("index.html")}"><img src="${at("assets/icon.svg")}" alt="" width="28" height="28">Ferry</a>
<div class="search" role="search">
<input type="search" id="search" placeholder="Search" aria-label="Search the documentation" autocomplete="off" role="combobox" aria-expanded="false" aria-controls="found">
<ul id="found" role="listbox" aria-label="Found" hidden></ul>
</div>
<button type="button" id="theme" aria-label="Light or dark">◐</button>
</header>
<div class="columns">
<nav id="navigation" aria-label="Pages">
${parts.map(({ title, pages }) => `<h2>${title}</h2>\n<ul>\n${pages.map(link).join("\n")}\n</ul>`).join("\n")}
</nav>
<main id="content" tabindex="-1">
<article${/^components\/(?!index)/.test(page.address) ? ' class="reference"' : ""}>
${page.html}
</article>
<footer>${step(order[index - 1], "previous", "←")}${step(order[index + 1], "next", "→")}</footer>
</main>
${contents(page.sections)}
</div>
</body>
</html>
`;

  function link({ address, title: text }: Linked): string {
    const inner = address.startsWith("components/") && address !== "components/index" ? ' class="inner"' : "";
    const here = address === page.address ? ' aria-current="page"' : "";
    return `<li${inner}><a href="${at(`${address}.html`)}"${here}>${escape(text)}</a></li>`;
  }

  function step(target: Linked | undefined, way: string, arrow: string): string {
    if (target === undefined || index < 0) return "";
    const text = way === "next" ? `${escape(target.title)} ${arrow}` : `${arrow} ${escape(target.title)}`;
    return `<a class="${way}" rel="${way === "next" ? "next" : "prev"}" href="${at(`${target.address}.html`)}">${text}</a>`;
  }
}

function contents(sections: readonly Section[]): string {
  const shown = sections.filter(({ level }) => level === 2);
  if (shown.length < 2) return "";
  const items = shown.map(({ anchor, title }) => `<li><a href="#${anchor}">${escape(title)}</a></li>`);
  return `<aside aria-label="On this page"><h2>On this page</h2><ul>\n${items.join("\n")}\n</ul></aside>`;
}

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
