import { describe, expect, test } from "vitest";
import { blocksOf, pagesOf, placeOf, readPage } from "./docs/pages.ts";
import { runPage } from "./docs/run-page.ts";

const pages = pagesOf().map((page) => {
  const text = readPage(page);
  return { page, place: placeOf(page, text), blocks: blocksOf(text) };
});

test.each([
  ["```sh\nferry spec\n```", { language: "sh", mark: "", comment: undefined, text: "ferry spec", line: 1 }],
  [
    "<!-- why -->\n\n```sh no-run\na\n\nb\n```",
    { language: "sh", mark: "no-run", comment: "why", text: "a\n\nb", line: 3 },
  ],
  ["text\n\n```\nx\n```", { language: "", mark: "", comment: undefined, text: "x", line: 3 }],
])("%j is a block", (text, block) => {
  expect(blocksOf(text)).toEqual([block]);
});

test("every block says what it is: sh runs, sh no-run has its reason in a comment before it", () => {
  const wrong = pages.flatMap(({ page, blocks }) =>
    blocks
      .filter(({ language, mark, comment }) => {
        if (["", "bash", "shell"].includes(language)) return true;
        return mark !== "" && !(language === "sh" && mark === "no-run" && comment !== undefined);
      })
      .map(({ line, language, mark }) => `${page}:${line} \`\`\`${language} ${mark}`),
  );
  expect(wrong).toEqual([]);
});

describe.concurrent("the shell blocks run", () => {
  const runnable = pages
    .map((page) => ({ ...page, blocks: page.blocks.filter(({ language, mark }) => language === "sh" && mark === "") }))
    .filter(({ blocks }) => blocks.length > 0);

  test.each(runnable)("of $page", { timeout: 130_000 }, async ({ page, place, blocks }) => {
    const { failed, output } = await runPage(page, place, blocks);
    expect(failed, output).toBeUndefined();
  });
});
