// AssemblyScript; `node build-scan.mjs` makes scan.gen.ts of it.
//
// Walks JSON in memory. `rows` checks its whole grammar and writes down places: rows, cuts and wanted fields. `lossy` only
// looks for what JSON.parse would lose. The bytes end in 64 zeros: a zero is in no token, so every walk stops there. After
// a wrong byte the walk goes on in ZERO, where nothing fits, and so falls out of every loop at once.

export { bad, cutCount, depth } from "./grammar";
export { closed, count, expects, first, hash, rows, seen, skip, wanted } from "./rows";
export { inside, lossy } from "./lossy";
