import { component, type Component } from "../../component.ts";
import { configError, transientError } from "../../errors.ts";
import type { PageSizeReduction } from "../../roles.ts";

export const pageSizeReduction: Component<"pageSizeReduction"> = component({
  kind: "pageSizeReduction",
  type: "PageSizeReduction",
  description: "Asks for smaller pages where the API says that one is too large.",
  schema: (_, z) =>
    z.object({
      reduction_factor: z.number().gt(1).default(2).describe("By what the page size is divided."),
      minimum_page_size: z.int().min(1).default(1).describe("No page gets smaller."),
      max_attempts: z.int().min(1).default(5).describe("How often in a row, without a page that succeeds."),
      backoff_seconds: z
        .number()
        .min(0)
        .default(0.5)
        .describe("The wait before the first try again; it grows by itself."),
      retries_at_minimum_page_size: z
        .int()
        .min(0)
        .default(0)
        .describe("Tries with the smallest page before giving up."),
      failure_message: z.string().optional().describe("What to tell the user when smaller pages do not help."),
      reset_policy: z
        .enum(["NEVER", "AFTER_SUCCESSFUL_PAGE"])
        .default("NEVER")
        .describe("Whether the page after a reduced one has the configured size again."),
    }),
  create(spec, { stream: { name: stream }, run }): PageSizeReduction {
    const hint = spec.failure_message?.trim() ?? "";
    const exhausted = (message: string, internal: string): Error =>
      transientError(hint === "" ? message : `${message} ${hint}`, { stream, internal });

    return (configured) => {
      let current: number | undefined;
      let attempts = 0;
      let retries = 0;

      const retryAtMinimum = async (size: number, because: string): Promise<void> => {
        if (retries < spec.retries_at_minimum_page_size) {
          retries++;
          run.log(
            "INFO",
            `Stream ${stream}: pages of ${size} records are the smallest there are; this one is tried again.`,
          );
          await run.sleep(spec.backoff_seconds * retries);
          return;
        }
        if (current === undefined && spec.minimum_page_size > 1) {
          throw configError(
            `Stream ${stream}: the page size ${size} is at or below minimum_page_size ${spec.minimum_page_size}, so it cannot ` +
              `get smaller. Raise page_size, or lower minimum_page_size.`,
            { stream },
          );
        }
        throw exhausted(
          `Stream ${stream}: the API refuses even the smallest pages the connector may ask for (${size} records).`,
          `page size ${size} is the minimum${because}`,
        );
      };

      return {
        get pageSize() {
          return current;
        },
        async reduce(message) {
          if (configured === undefined) {
            throw configError(
              `Stream ${stream} has a page_size_reduction, but no page size. Set page_size in the pagination strategy, and ` +
                `page_size_option in the paginator.`,
              { stream },
            );
          }
          const because = message === undefined ? "" : `; the API says: ${message}`;
          const size = current ?? configured;
          const reduced = Math.max(spec.minimum_page_size, Math.trunc(Math.floor(size / spec.reduction_factor)));
          if (reduced >= size) return retryAtMinimum(size, because);
          attempts++;
          if (attempts > spec.max_attempts) {
            throw exhausted(
              `Stream ${stream}: the API refuses pages of every size that was tried, down to ${size} records.`,
              `${spec.max_attempts} reductions in a row without a page that succeeded${because}`,
            );
          }
          run.log(
            "INFO",
            `Stream ${stream}: pages of ${size} records are too large; this one is tried with ${reduced}.`,
          );
          current = reduced;
          await run.sleep(spec.backoff_seconds * attempts);
        },
        succeeded() {
          attempts = 0;
          retries = 0;
          if (spec.reset_policy === "AFTER_SUCCESSFUL_PAGE") current = undefined;
        },
      };
    };
  },
});
