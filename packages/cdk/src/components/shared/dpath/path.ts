import { configError } from "../../../errors.ts";
import { printJson } from "../../../json/print.ts";
import { get, isList, isObject, keys, type Json, type JsonObject } from "../../../json/value.ts";
import { ANY_DEPTH, segment, type Segment } from "./segment.ts";

export type Step = string | number;

/** A path into a value, its parts globs, as dpath reads them. */
export interface Path {
  /** Whether every part names one member. */
  readonly plain: boolean;
  /** The values that match, in the order of dpath's walk. */
  values(root: Json): Json[];
  /** The only value that matches, undefined where none does; throws where several do. The empty path is the root. */
  get(root: Json): Json | undefined;
  /** The steps to each match. */
  places(root: Json): Step[][];
}

/** @throws a config error where `**` comes twice */
export function compilePath(sources: readonly Json[]): Path {
  const parts = sources.map(segment);
  if (parts.filter((part) => part === ANY_DEPTH).length > 1) {
    throw configError(`The path ${printJson(sources)} holds "**" twice; it may be there once.`);
  }
  const fixed = parts.filter((part) => part !== ANY_DEPTH);
  const names = fixed.map((part) => part.key).filter((key) => key !== undefined);
  const plain = names.length === parts.length;
  const visit = fixed.length === parts.length ? walkFixed(fixed) : walkAny(parts);

  function values(root: Json): Json[] {
    const found: Json[] = [];
    visit(root, (value) => void found.push(value));
    return found;
  }
  /** Objects only on the way, which is what most paths find; a list is left to the walk. */
  function quick(root: Json): Json | undefined {
    let value: Json | undefined = root;
    for (const name of names) {
      if (!isObject(value)) return isList(value) ? SLOW : undefined;
      value = get(value, name);
    }
    return value;
  }
  return {
    plain,
    values,
    get(root) {
      if (parts.length === 0) return root;
      if (plain) {
        const value = quick(root);
        if (value !== SLOW) return value;
      }
      const found = values(root);
      if (found.length > 1) throw ambiguous(sources, found.length);
      return found[0];
    },
    places(root) {
      const found: Step[][] = [];
      visit(root, (_, steps) => void found.push([...steps]));
      return found;
    },
  };
}

const SLOW: JsonObject = {};

const ambiguous = (sources: readonly Json[], count: number): Error =>
  configError(
    `The path ${printJson(sources)} matches ${count} values where one is looked for. Use "*" as a part of its own to take them all.`,
  );

type Walk = (root: Json, found: (value: Json, steps: readonly Step[]) => void) => void;

/** Every part is one step. */
function walkFixed(parts: readonly Segment[]): Walk {
  return (root, found) => {
    const steps: Step[] = [];
    function descend(value: Json, depth: number): void {
      const part = parts[depth];
      if (part === undefined) {
        if (depth > 0) found(value, steps);
        return;
      }
      const into = (step: Step, member: Json): void => {
        steps.push(step);
        descend(member, depth + 1);
        steps.pop();
      };
      if (isList(value)) {
        for (let i = 0; i < value.length; i++) if (part.any || part.matchesIndex(i, value.length)) into(i, value[i]!);
      } else if (isObject(value)) {
        if (part.key === undefined) {
          for (const key of keys(value)) if (part.any || part.matchesKey(key)) into(key, value[key]!);
        } else {
          const member = get(value, part.key);
          if (member !== undefined) into(part.key, member);
        }
      }
    }
    descend(root, 0);
  };
}

/** All values are looked at, those of one parent before what they hold. */
function walkAny(parts: readonly (Segment | typeof ANY_DEPTH)[]): Walk {
  const at = parts.indexOf(ANY_DEPTH);
  const before = parts.slice(0, at) as Segment[]; // there is one `**`, at `at`
  const after = parts.slice(at + 1) as Segment[];
  const matches = (steps: readonly Step[], lengths: readonly number[]): boolean => {
    const free = steps.length - after.length;
    if (free < before.length) return false;
    const match = (part: Segment, i: number): boolean => {
      const step = steps[i]!;
      return typeof step === "string" ? part.matchesKey(step) : part.matchesIndex(step, lengths[i]!);
    };
    return before.every((part, i) => match(part, i)) && after.every((part, i) => match(part, free + i));
  };
  return (root, found) => {
    walk(root, (value, steps, lengths) => {
      if (matches(steps, lengths)) found(value, steps);
    });
  };
}

/** All values within a value, those of one parent before what they hold; `lengths` are those of the lists on the way. */
export function walk(
  root: Json,
  found: (value: Json, steps: readonly Step[], lengths: readonly number[]) => void,
): void {
  const steps: Step[] = [];
  const lengths: number[] = [];
  function into(step: Step, length: number, visit: () => void): void {
    steps.push(step);
    lengths.push(length);
    visit();
    steps.pop();
    lengths.pop();
  }
  function within(value: Json): void {
    const members = membersOf(value);
    const length = members.length;
    for (const [step, member] of members) into(step, length, () => found(member, steps, lengths));
    for (const [step, member] of members) into(step, length, () => within(member));
  }
  within(root);
}

function membersOf(value: Json): (readonly [Step, Json])[] {
  if (isList(value)) return value.map((item, i) => [i, item] as const);
  return isObject(value) ? keys(value).map((key) => [key, value[key]!] as const) : [];
}
