/** A version of three numbers, by semantic versioning. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** What stands behind a hyphen, such as `rc.1`; undefined for a release. */
  readonly prerelease: string | undefined;
}

export type Step = "major" | "minor" | "patch";

const NUMBER = "(0|[1-9]\\d*)";
const SEMVER = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-((?:0|[1-9]\\d*|\\d*[A-Za-z-][\\dA-Za-z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[A-Za-z-][\\dA-Za-z-]*))*))?(?:\\+[\\dA-Za-z-]+(?:\\.[\\dA-Za-z-]+)*)?$`,
);

/** Undefined for a text that is no version. */
export function parseVersion(text: string): Version | undefined {
  const match = SEMVER.exec(text);
  if (match === null) return undefined;
  const [, major, minor, patch, prerelease] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch), prerelease };
}

export const isMajor = ({ minor, patch, prerelease }: Version): boolean =>
  minor === 0 && patch === 0 && prerelease === undefined;

/** The next release by a step. A release candidate becomes the release that it was of, where that is step enough. */
export function bumped({ major, minor, patch, prerelease }: Version, step: Step): string {
  const candidate = prerelease !== undefined;
  if (step === "major") return candidate && minor === 0 && patch === 0 ? `${major}.0.0` : `${major + 1}.0.0`;
  if (step === "minor") return candidate && patch === 0 ? `${major}.${minor}.0` : `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${candidate ? patch : patch + 1}`;
}

/** Which step leads from one version to another; undefined where it is none, or a step back. */
export function stepBetween(before: Version, after: Version): Step | undefined {
  if (after.major !== before.major) return after.major > before.major ? "major" : undefined;
  if (after.minor !== before.minor) return after.minor > before.minor ? "minor" : undefined;
  return after.patch > before.patch || (before.prerelease !== undefined && after.prerelease === undefined)
    ? "patch"
    : undefined;
}
