import GithubSlugger from "github-slugger";
import MarkdownIt, { type Token } from "markdown-it";
import Prism from "prismjs";
import "prismjs/components/prism-bash.js";
import "prismjs/components/prism-json.js";
import "prismjs/components/prism-python.js";
import "prismjs/components/prism-typescript.js";
import "prismjs/components/prism-yaml.js";

const languages: Readonly<Record<string, string>> = { sh: "bash", ts: "typescript", js: "javascript", jsonl: "json" };

/** A heading with the text below it, up to the next one. */
export interface Section {
  readonly level: number;
  readonly title: string;
  readonly anchor: string;
  readonly text: string;
}

export interface Rendered {
  readonly html: string;
  readonly title: string;
  readonly sections: readonly Section[];
}

/** HTML of Markdown as GitHub reads it: the same anchors, so that links work in both. `link` says where a link leads. */
export function renderMarkdown(text: string, link: (href: string) => string | undefined): Rendered {
  const markdown = new MarkdownIt({ html: true, highlight });
  const slugger = new GithubSlugger();
  const tokens = markdown.parse(text, {});
  const sections: { level: number; title: string; anchor: string; text: string }[] = [];
  tokens.forEach((token, index) => {
    if (token.type === "heading_open") {
      const title = plain(tokens[index + 1]?.children ?? []);
      const anchor = slugger.slug(title);
      token.attrSet("id", anchor);
      sections.push({ level: Number(token.tag.slice(1)), title, anchor, text: "" });
    } else if (token.type === "inline") {
      if (tokens[index - 1]?.type !== "heading_open") addText(plain(token.children ?? []));
      lead(token.children ?? []);
    } else if (token.type === "fence") addText(token.content);
  });
  const html = markdown.renderer
    .render(tokens, markdown.options, {})
    .replace(/<table>/g, '<div class="table" tabindex="0" role="region" aria-label="Table"><table>')
    .replace(/<\/table>/g, "</table></div>")
    .replace(/(<h([2-4]) id="([^"]*)">)(.*?)(<\/h\2>)/g, withAnchor);
  return { html, title: sections[0]?.title ?? "", sections };

  function addText(words: string): void {
    const section = sections.at(-1);
    if (section !== undefined) section.text += `${words} `;
  }

  /** Links that lead nowhere on the site become their text. */
  function lead(children: Token[]): void {
    let dropped = false;
    for (const child of children) {
      if (child.type === "image") child.attrSet("src", link(String(child.attrGet("src"))) ?? "");
      if (child.type === "link_open") {
        const href = link(String(child.attrGet("href") ?? ""));
        dropped = href === undefined;
        if (href !== undefined) child.attrSet("href", href);
      }
      if (dropped && ["link_open", "link_close"].includes(child.type)) child.hidden = true;
      if (child.type === "link_close") dropped = false;
    }
  }
}

const plain = (children: readonly Token[]): string =>
  children
    .filter(({ type }) => ["text", "code_inline", "softbreak"].includes(type))
    .map(({ type, content }) => (type === "softbreak" ? " " : content))
    .join("");

const withAnchor = (_: string, open: string, _level: string, id: string, inner: string, close: string): string =>
  `${open}${inner}<a class="anchor" href="#${id}" aria-label="Link to this section">#</a>${close}`;

function highlight(code: string, language: string): string {
  const name = languages[language] ?? language;
  const grammar = Prism.languages[name];
  return grammar === undefined ? "" : Prism.highlight(code, grammar, name);
}
