import { basename } from "node:path";
import { isConnectorError } from "../../errors.ts";
import type { Problem } from "../../testing/checks/problem.ts";
import { SECTIONS, type AcceptanceConfig, type Section, type TestEntry } from "./acceptance-config.ts";
import type { Outcome } from "./outcome.ts";
import { testBasicRead, testFullRefresh, testIncremental } from "./read-tests.ts";
import type { Session } from "./session.ts";
import { testConnection, testDiscovery, testSpec } from "./verb-tests.ts";

/** One test, and what came of it. */
export interface TestResult {
  readonly section: Section;
  /** Such as `basic_read config.json`. */
  readonly name: string;
  readonly status: "passed" | "failed" | "skipped";
  /** What it fails of. */
  readonly problems: readonly Problem[];
  /** What is odd, and fails only where tests are strict. */
  readonly warnings: readonly Problem[];
  /** What it came to, or why it was skipped. */
  readonly summary: string;
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

const TESTS: Readonly<Record<Section, (entry: TestEntry, session: Session) => Promise<Outcome>>> = {
  spec: testSpec,
  connection: testConnection,
  discovery: testDiscovery,
  basic_read: testBasicRead,
  full_refresh: testFullRefresh,
  incremental: testIncremental,
};

/** Runs the tests of these sections, one after the other, and tells each when it is through. */
export async function runTests(
  config: AcceptanceConfig,
  session: Session,
  sections: readonly Section[] = SECTIONS,
  told: (result: TestResult) => void = () => undefined,
): Promise<readonly TestResult[]> {
  const results: TestResult[] = [];
  const tell = (result: TestResult): void => {
    results.push(result);
    told(result);
  };
  for (const section of SECTIONS) {
    if (!sections.includes(section)) continue;
    const entries = config.tests.filter((entry) => entry.section === section);
    for (const entry of entries) tell(await runTest(entry, session, config));
    if (entries.length > 0) continue;
    const reason = config.bypassed.find((each) => each.section === section)?.reason;
    if (reason !== undefined) tell(skipped(section, reason));
    else if (config.isStrict) {
      const message = `acceptance_tests.${section} has no tests: give some, or a bypass_reason, as test_strictness_level is high.`;
      tell({ ...skipped(section, ""), status: "failed", problems: [{ rule: "strictness", message }] });
    }
  }
  return results;
}

async function runTest(entry: TestEntry, session: Session, { isStrict }: AcceptanceConfig): Promise<TestResult> {
  const from = performance.now();
  let outcome: Outcome;
  try {
    outcome = await TESTS[entry.section](entry, session);
  } catch (error) {
    // A file of the test that is not there, or cannot be read: the other tests can be run all the same.
    if (!isConnectorError(error)) throw error;
    outcome = { problems: [{ rule: "test", message: error.message }], summary: "" };
  }
  const all = [...outcome.problems, ...(isStrict ? strictness(entry) : [])];
  const problems = isStrict ? all : all.filter(({ isWarning }) => isWarning !== true);
  return {
    section: entry.section,
    name: entry.configPath === undefined ? entry.section : `${entry.section} ${basename(entry.configPath)}`,
    status: problems.length === 0 ? "passed" : "failed",
    problems,
    warnings: all.filter((problem) => !problems.includes(problem)),
    summary: outcome.summary,
    notes: outcome.notes ?? [],
    milliseconds: Math.round(performance.now() - from),
  };
}

/** What an entry must say where tests are strict. */
function strictness({ section, expected, emptyStreams, futureState, validateSchema, status }: TestEntry): Problem[] {
  const told: string[] = [];
  if (section === "basic_read" && status === "succeed") {
    if (!validateSchema) told.push("validate_schema must not be false");
    if (expected?.path === undefined && expected?.reason === undefined)
      told.push("expect_records needs a path, or a bypass_reason");
    for (const { name, reason } of emptyStreams) {
      if (reason === undefined) told.push(`the empty stream ${name} needs a bypass_reason`);
    }
  }
  if (section === "incremental" && futureState?.path === undefined && futureState?.reason === undefined) {
    told.push("future_state needs a future_state_path, or a bypass_reason");
  }
  return told.map((what) => ({ rule: "strictness", message: `As test_strictness_level is high, ${what}.` }));
}

const skipped = (section: Section, reason: string): TestResult => ({
  section,
  name: section,
  status: "skipped",
  problems: [],
  warnings: [],
  summary: reason,
  notes: [],
  milliseconds: 0,
});
