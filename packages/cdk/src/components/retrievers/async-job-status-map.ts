import { component, type Component } from "../../component.ts";

/** What an API's words for the state of a job mean. */
export const asyncJobStatusMap: Component<"piece"> = component({
  kind: "piece",
  type: "AsyncJobStatusMap",
  description: "Which of the API's words for a job's status mean running, completed, failed or timed out.",
  schema: (_, z) => {
    const words = z.array(z.string());
    return z.object({
      running: words.describe("The job goes on."),
      completed: words.describe("Its result can be downloaded."),
      failed: words.describe("It came to nothing; another job is created in its place."),
      timeout: words.describe("It took the API too long; it is aborted, and another one is created in its place."),
      skipped: words.optional().describe("There is no result to download, and none is missed."),
    });
  },
  create: (_, scope) => scope.self,
});
