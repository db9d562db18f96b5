export function stableApi(): Promise<string>;
export function valuesOf(): readonly (readonly [entry: string, values: readonly string[]])[];
