/** What `ferry new --format json` tells of what it concluded. */
export interface Report {
  readonly streams: readonly {
    name: string;
    findings: readonly { subject: string; value: string; confidence: string }[];
  }[];
  readonly config: readonly { name: string; secret: boolean }[];
  readonly skipped: readonly { path: string; why: string }[];
}

/** A row for each stream: its name, and what was concluded of it with how sure that is. */
export function conclusionsOf({ streams }: Report): string[][] {
  return streams.map(({ name, findings }) => [
    name,
    ...["records", "primary key", "pagination", "cursor", "partitions"].map((subject) => {
      const finding = findings.find((each) => each.subject === subject);
      return finding === undefined ? "" : `${finding.value} ${finding.confidence}`;
    }),
  ]);
}
