export function notesOf(version: string, text?: string): string | undefined;
export function stamp(version: string, day: string, text?: string): string;
