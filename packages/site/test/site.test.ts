import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path/posix";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveFolder } from "./serve-folder-for-test.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "ferry-site-"));
const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
let pages: readonly string[] = [];

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(root, "scripts/docs.mjs"), out]);
  pages = readdirSync(out, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".html"));
}, 60_000);
afterAll(() => rmSync(out, { recursive: true }));

const read = (page: string): string => readFileSync(join(out, page), "utf8");

test("every page of docs is there, and in the navigation", () => {
  const written = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.replace(/md$/, "html"));
  expect(written.filter((name) => !pages.includes(name))).toEqual([]);
  const index = read("index.html");
  expect(pages.filter((page) => !index.includes(`href="${page}"`))).toEqual([]);
});

test("every link and anchor of every page leads somewhere, and nothing comes from elsewhere", () => {
  const anchors = new Map(
    pages.map((page) => [page, [...read(page).matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id!)]),
  );
  const broken = pages.flatMap((page) => {
    const ids = anchors.get(page)!;
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${page}: two of #${id}`);
    const links = [...read(page).matchAll(/<(\w+)[^>]*?\s(?:href|src)="([^"]+)"/g)].flatMap(([, tag, link]) => {
      if (/^(?:https?|mailto):/.test(link!)) return tag === "a" ? [] : [`${page}: ${tag} from ${link}`];
      const [path = "", anchor] = link!.split("#");
      const target = path === "" ? page : normalize(join(dirname(page), path));
      if (!existsSync(join(out, target))) return [`${page}: ${link}`];
      return anchor === undefined || anchors.get(target)?.includes(anchor) === true ? [] : [`${page}: ${link}`];
    });
    return [...twice, ...links];
  });
  expect(broken).toEqual([]);
});

test("every link of the pages leads somewhere on GitHub too", () => {
  const files = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].concat(
    readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  );
  const broken = files.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/\]\(([^)#\s]+)(?:#[^)\s]*)?\)/g)]
      .map(([, link]) => link!)
      .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(file), link)))
      .map((link) => `${file}: ${link}`),
  );
  expect(broken).toEqual([]);
});

describe.skipIf(browserPath === undefined)("in Chromium (skipped where /usr/bin/chromium is absent)", () => {
  test("every page is whole, asks for nothing outside, and fits a phone", { timeout: 120_000 }, async () => {
    await browse(async (page, url, problems) => {
      await page.setViewportSize({ width: 390, height: 800 });
      for (const name of pages) {
        await page.goto(url + name);
        const width = Number(await page.evaluate("document.documentElement.scrollWidth"));
        if (width > 390) problems.push(`${name} is ${width} pixels wide`);
      }
    });
  });

  test("search, theme, menu and copying work", { timeout: 60_000 }, async () => {
    await browse(async (page, url) => {
      await page.goto(`${url}index.html`);
      await page.fill("#search", "DatetimeBased");
      await page.waitForSelector("#found li a");
      expect(await page.textContent("#found li a")).toContain("DatetimeBasedCursor");
      await page.press("#search", "ArrowDown");
      await page.press("#search", "Enter");
      await page.waitForURL(/components\/cursors-and-partitions\.html#datetimebasedcursor$/);

      const ground = "getComputedStyle(document.body).backgroundColor";
      const before = await page.evaluate(ground);
      await page.click("#theme");
      expect(await page.evaluate(ground)).not.toBe(before);
      await page.reload();
      expect(await page.evaluate(ground)).not.toBe(before);

      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.hover("article pre");
      await page.click(".copy");
      expect(await page.evaluate("navigator.clipboard.readText()")).toBe(await page.textContent("article pre"));

      await page.setViewportSize({ width: 390, height: 800 });
      expect(await page.isVisible("#navigation")).toBe(false);
      await page.click("#menu");
      expect(await page.isVisible("#navigation")).toBe(true);
    });
  });
});

/** Opens a browser at the site; nothing may go wrong on any page that is visited. */
async function browse(visit: (page: Page, url: string, problems: string[]) => Promise<void>): Promise<void> {
  const server = await serveFolder(out);
  const browser = await chromium.launch({ executablePath: browserPath!, args: ["--no-sandbox"] });
  const problems: string[] = [];
  try {
    const page = await browser.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => problems.push(`${page.url()}: ${String(error)}`));
    page.on("request", (request) => {
      if (!request.url().startsWith(server.url)) problems.push(`${page.url()} asks for ${request.url()}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) problems.push(`${page.url()}: ${response.status()} ${response.url()}`);
    });
    await visit(page, server.url, problems);
  } finally {
    await browser.close();
    server.close();
  }
  expect(problems).toEqual([]);
}
