// Theme, menu, copy buttons, search: what a page does beyond being read.
const root = document.documentElement.dataset.root;
const byId = (id) => document.getElementById(id);

byId("theme").addEventListener("click", () => {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
});

byId("menu").addEventListener("click", () => {
  const open = document.body.classList.toggle("menu-open");
  byId("menu").setAttribute("aria-expanded", String(open));
});
// Only the navigation scrolls: the page itself stays where it is.
const current = document.querySelector("nav [aria-current]");
if (current !== null) byId("navigation").scrollTop = current.offsetTop - byId("navigation").clientHeight / 2;

for (const block of document.querySelectorAll("article pre")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  const code = block.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  const frame = document.createElement("div");
  frame.className = "code";
  block.tabIndex = 0;
  block.replaceWith(frame);
  frame.append(block, button);
}

const input = byId("search");
const list = byId("found");
let index;
let chosen = -1;

/** The index is loaded when someone searches. */
async function load() {
  index ??= (async () => {
    await Promise.all(["minisearch.js", "search-index.js"].map(script));
    const { options, index: text } = window.ferrySearch;
    return window.MiniSearch.loadJSON(text, options);
  })();
  return index;
}

function script(name) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = `${root}assets/${name}`;
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });
}

async function search() {
  const words = input.value.trim();
  const results =
    words === ""
      ? []
      : (await load()).search(words, { prefix: true, fuzzy: 0.15, boost: { title: 4 }, combineWith: "AND" });
  if (input.value.trim() !== words) return;
  chosen = -1;
  list.replaceChildren(...results.slice(0, 12).map(item));
  if (words !== "" && results.length === 0) list.textContent = "Nothing found.";
  list.hidden = words === "";
  input.setAttribute("aria-expanded", String(!list.hidden));
}

function item({ title, page, link }, position) {
  const entry = document.createElement("li");
  entry.role = "option";
  entry.id = `found-${position}`;
  const anchor = document.createElement("a");
  anchor.href = root + link;
  anchor.tabIndex = -1;
  const where = document.createElement("small");
  where.textContent = page === title ? "" : page;
  anchor.append(title, where);
  entry.append(anchor);
  return entry;
}

function choose(step) {
  const items = [...list.querySelectorAll("li")];
  if (items.length === 0) return;
  chosen = (chosen + step + items.length) % items.length;
  items.forEach((each, position) => each.setAttribute("aria-selected", String(position === chosen)));
  input.setAttribute("aria-activedescendant", items[chosen].id);
  items[chosen].scrollIntoView({ block: "nearest" });
}

input.addEventListener("focus", () => void load());
input.addEventListener("input", () => void search());
input.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    choose(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    list.querySelectorAll("a")[Math.max(chosen, 0)]?.click();
  } else if (event.key === "Escape") {
    input.value = "";
    void search();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || ["INPUT", "TEXTAREA"].includes(document.activeElement.tagName)) return;
  event.preventDefault();
  input.focus();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".search") || event.target.closest("#found a")) list.hidden = true;
});
