import { bench, describe } from "vitest";
import { add } from "../src/datetime/arithmetic.ts";
import { strftime } from "../src/datetime/strftime.ts";
import { strptime } from "../src/datetime/strptime.ts";
import { timedelta } from "../src/datetime/timedelta.ts";

const format = "%Y-%m-%dT%H:%M:%SZ";
const text = "2024-02-29T12:34:56Z";
const moment = strptime(text, format);
const day = timedelta({ days: 1 });

describe("dates", () => {
  bench("read a timestamp", () => void strptime(text, format));
  bench("read a date with the name of its month", () => void strptime("29 February 2024", "%d %B %Y"));
  bench("write a timestamp", () => void strftime(moment, format));
  bench("add a day", () => void add(moment, day));
});
