import type { Names } from "./names.ts";

/** A square with the connector's first letters, its colour made of the name. */
export function iconOf({ name, title }: Names): string {
  const letters = title
    .split(" ")
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join("");
  const hue = Array.from(name).reduce((sum, character) => (sum * 31 + character.codePointAt(0)!) % 360, 7);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 250 250" width="250" height="250">
  <rect width="250" height="250" rx="40" fill="hsl(${hue}, 55%, 42%)"/>
  <text x="125" y="165" font-family="sans-serif" font-size="110" font-weight="700" text-anchor="middle" fill="#fff">${letters}</text>
</svg>
`;
}
