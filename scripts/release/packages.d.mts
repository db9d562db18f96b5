export const published: readonly string[];
export function readJson(path: string): unknown;
export function versionProblems(version: string): string[];
