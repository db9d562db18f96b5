import { existsSync } from "node:fs";
import { relative } from "node:path";
import { readJson } from "../../entrypoint/inputs.ts";
import type { Json } from "../../json/value.ts";
import type { ConfiguredAirbyteCatalog } from "../../protocol/messages.gen.ts";
import type { Problem } from "../../testing/checks/problem.ts";
import type { TestEntry } from "./acceptance-config.ts";
import { expectRecords } from "./expected-records.ts";
import type { Outcome } from "./outcome.ts";
import { catalogOf, readOnce, type KeptState, type ReadRun } from "./read-run.ts";
import type { Session } from "./session.ts";

/** One read of everything: records of each stream, by their schemas, and those that are expected. */
export async function testBasicRead(entry: TestEntry, session: Session): Promise<Outcome> {
  const catalog = await catalogOf(entry, session, "full_refresh");
  const { expected } = entry;
  const expectation = expected?.path === undefined ? undefined : await expectRecords(expected, entry);
  const empty = new Set(entry.emptyStreams.map(({ name }) => name));
  const run = await readOnce(entry, session, {
    catalog,
    validateSchema: entry.validateSchema,
    mayBeEmpty: (stream) => entry.status !== "succeed" || empty.has(stream),
    ...(expectation === undefined ? {} : { onRecord: (stream, data) => expectation.observe(stream, data) }),
  });
  return { problems: [...run.problems, ...(expectation?.end() ?? [])], summary: counted(catalog, run) };
}

/** Two reads, of which the second gives at least what the first one gave. */
export async function testFullRefresh(entry: TestEntry, session: Session): Promise<Outcome> {
  const catalog = await catalogOf(entry, session, "full_refresh");
  const first = await readOnce(entry, session, { catalog });
  const second = await readOnce(entry, session, { catalog, variant: "again" });
  const problems: Problem[] = [...first.problems, ...second.problems];
  for (const [stream, { marks }] of first.streams) {
    const missing = without(marks, second.streams.get(stream)?.marks ?? []);
    if (missing.length > 0) {
      problems.push({
        rule: "full-refresh",
        stream,
        message: `${missing.length} of ${marks.length} records came otherwise, or not at all, when it was read again. Fields that always differ belong in ignored_fields.`,
      });
    }
  }
  return { problems, summary: `twice ${counted(catalog, first)}` };
}

/** A read, and reads that begin from its states: nothing that came after a state is lost. */
export async function testIncremental(entry: TestEntry, session: Session): Promise<Outcome> {
  const catalog = await catalogOf(entry, session, "incremental");
  if (catalog.streams.length === 0) return { problems: [], summary: "no stream is incremental" };
  const first = await readOnce(entry, session, { catalog, variant: "incremental" });
  const problems: Problem[] = [...first.problems];
  const notes: string[] = [];
  if (entry.status === "succeed") {
    const last = latest(first.states);
    const after = await readOnce(entry, session, { catalog, state: last, variant: "with-state" });
    problems.push(...after.problems);
    if (after.unrecorded.length === 0) problems.push(...goesBack(first, after));

    const between = statesBetween(first);
    if (between !== undefined && !entry.isShort) {
      const resumed = await readOnce(entry, session, { catalog, state: between.state, variant: "with-state-between" });
      if (resumed.unrecorded.length > 0) notes.push("not resumed from a state in between: that is not recorded");
      else problems.push(...resumed.problems, ...lostAfter(between, first, resumed));
    }
    problems.push(...(await future(entry, session, catalog, notes)));
  }
  return { problems, notes, summary: counted(catalog, first) };
}

async function future(
  entry: TestEntry,
  session: Session,
  catalog: ConfiguredAirbyteCatalog,
  notes: string[],
): Promise<Problem[]> {
  const path = entry.futureState?.path;
  if (path === undefined) return [];
  if (!existsSync(path))
    return [{ rule: "future-state", message: `future_state_path ${relative(process.cwd(), path)} is not there.` }];
  const state = await readJson("future state", path);
  const run = await readOnce(entry, session, { catalog, state, variant: "with-future-state" });
  if (run.unrecorded.length > 0) {
    notes.push("not read from the state of the future: that is not recorded");
    return [];
  }
  return [
    ...run.problems,
    ...[...run.streams].map(([stream, { marks }]) => ({
      rule: "future-state",
      stream,
      message: `${marks.length} records came although the state lies in the future.`,
    })),
  ];
}

/** The last state of each stream, as a state file holds them. */
function latest(states: readonly KeptState[]): Json {
  return [...new Map(states.map(({ stream, message }) => [stream, message])).values()];
}

/** A state from which there is more to read, of the stream that has most of them. */
function statesBetween({ states, streams }: ReadRun): (KeptState & { readonly state: Json }) | undefined {
  const told = states.filter(({ stream, after }) => after > 0 && after < (streams.get(stream)?.marks.length ?? 0));
  const middle = told[Math.floor(told.length / 2)];
  if (middle === undefined) return undefined;
  // The other streams begin where this state was sent.
  const before = states.slice(0, states.indexOf(middle) + 1);
  return { ...middle, state: latest(before) };
}

function lostAfter({ stream, after }: KeptState, first: ReadRun, resumed: ReadRun): Problem[] {
  const marks = first.streams.get(stream)?.marks.slice(after) ?? [];
  const missing = without(marks, resumed.streams.get(stream)?.marks ?? []);
  return missing.length === 0
    ? []
    : [
        {
          rule: "incremental",
          stream,
          message: `${missing.length} of ${marks.length} records that came after a STATE are lost when the read is resumed from it.`,
        },
      ];
}

/** A read from the last state that gives everything once more has not used it. */
function goesBack(first: ReadRun, after: ReadRun): Problem[] {
  return [...first.streams].flatMap(([stream, { marks }]) => {
    const states = first.states.filter((state) => state.stream === stream);
    const again = after.streams.get(stream)?.marks ?? [];
    if (marks.length < 10 || states.length === 0 || without(marks, again).length > 0) return [];
    return [
      {
        rule: "incremental",
        stream,
        message: `All ${marks.length} records came again when it was read from its last STATE: the state makes no difference.`,
        isWarning: true, // as it has to be where an API cannot filter by the cursor
      },
    ];
  });
}

/** What is among the ones and not among the others, each as often as it is. */
function without(ones: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const mark of others) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return ones.filter((mark) => {
    const count = counts.get(mark) ?? 0;
    counts.set(mark, count - 1);
    return count <= 0;
  });
}

function counted({ streams }: ConfiguredAirbyteCatalog, { records }: ReadRun): string {
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
  return `${plural(streams.length, "stream")}, ${plural(records, "record")}`;
}
