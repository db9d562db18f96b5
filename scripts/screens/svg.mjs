// Draws a screen as SVG: text stays text, and its colours are those of whoever looks at it, on light and on dark.
const [CHARACTER, LINE, MARGIN] = [8.4, 19, 16];
const CLASSES = { 1: "b", 2: "d", 31: "r", 32: "g", 33: "y", 36: "c" };
const ENDS = { 22: ["b", "d"], 39: ["r", "g", "y", "c"], 0: Object.values(CLASSES) };

const STYLE = `
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1f2328;white-space:pre}
rect{fill:#f6f8fa;stroke:#d1d9e0}
.b{font-weight:700}.d{fill:#656d76}.r{fill:#c4232c}.g{fill:#116329}.y{fill:#7d4e00}.c{fill:#0b6a74}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#151b23;stroke:#3d444d}
.d{fill:#9198a1}.r{fill:#ff7b72}.g{fill:#7ee787}.y{fill:#e3b341}.c{fill:#76e3ea}}`;

export function svgOf(screen, name) {
  const lines = screen.split("\n");
  const columns = Math.max(...lines.map((line) => line.replace(/\x1b\[[\d;]*m/g, "").length));
  const [width, height] = [Math.ceil(columns * CHARACTER) + 2 * MARGIN, lines.length * LINE + 2 * MARGIN];
  const state = new Set();
  const drawn = lines.map((line, index) => {
    const spans = spansOf(line, state);
    return spans === ""
      ? ""
      : `<text x="${MARGIN}" y="${MARGIN + 14 + index * LINE}" xml:space="preserve">${spans}</text>\n`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="ferry ${name} on a terminal">
<style>${STYLE}
</style>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>
${drawn.join("")}</svg>
`;
}

/** Colours go on from one line to the next, so their state is shared. */
function spansOf(line, state) {
  let spans = "";
  for (const [, codes, text] of line.matchAll(/\x1b\[([\d;]*)m|([^\x1b]+)/g)) {
    if (text !== undefined) {
      const content = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      spans += state.size === 0 ? content : `<tspan class="${[...state].sort().join(" ")}">${content}</tspan>`;
      continue;
    }
    for (const code of codes.split(";").map(Number)) {
      if (code in CLASSES) state.add(CLASSES[code]);
      else for (const each of ENDS[code] ?? []) state.delete(each);
    }
  }
  return spans.trimEnd();
}
