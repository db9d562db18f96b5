import { component, type Component } from "../../component.ts";
import { minMaxDatetime as bounded } from "../../datetime/min-max-datetime.ts";
import { str } from "../../json/python-text.ts";
import type { DatetimeSource } from "../../roles.ts";

export const minMaxDatetime: Component<"datetime"> = component({
  kind: "datetime",
  type: "MinMaxDatetime",
  description: "A date, kept between two others.",
  schema: (_, z) =>
    z.object({
      datetime: z.string().describe("The moment. May see: config, parameters."),
      datetime_format: z.string().default("").describe("The format of all three; the cursor's own when left out."),
      min_datetime: z.string().optional().describe("The earliest moment, in place of one before. May see: config."),
      max_datetime: z.string().optional().describe("The latest moment, in place of one after. May see: config."),
    }),
  create({ datetime, datetime_format, min_datetime, max_datetime }, scope): DatetimeSource {
    const [value, minimum, maximum] = [datetime, min_datetime, max_datetime].map((source) => {
      if (source === undefined || source === "") return undefined;
      const evaluate = scope.template(source);
      return (context: Parameters<DatetimeSource>[0]): string => str(evaluate(context) ?? null);
    });
    return (context, format) =>
      bounded(value?.(context) ?? "", {
        format: datetime_format === "" ? format : datetime_format,
        minimum: minimum?.(context),
        maximum: maximum?.(context),
      });
  },
});
