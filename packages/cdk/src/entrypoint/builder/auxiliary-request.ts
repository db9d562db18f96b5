import type { Json, JsonObject } from "../../json/value.ts";
import type { TestAnswer } from "../../roles/test-run.ts";
import type { Exchange } from "./http-message.ts";

/** A request that brings no records itself, such as one for a token, as a connector builder lists it. */
export function auxiliaryRequest(answer: TestAnswer, { request, response }: Exchange): JsonObject {
  const { title, type, description } = kindOf(answer);
  const known: Record<string, Json> = { description, request, response };
  return answer.isParent
    ? { title: `Parent stream: ${title}`, type: "PARENT_STREAM", ...known }
    : { title, type, ...known };
}

/** Whether the answer is a page of the stream. */
export function isPage({ purpose, action, isParent }: TestAnswer): boolean {
  return purpose === "records" && !isParent && action !== "REDUCE_PAGE_SIZE" && action !== "SPLIT_REQUEST_WINDOW";
}

/** Requests about jobs are listed with the slices, all others with the stream. */
export const isAboutJob = ({ purpose, isParent }: TestAnswer): boolean => purpose.startsWith("job-") && !isParent;

interface Labels {
  readonly title: string;
  readonly type: string;
  readonly description: string;
}

/** Titles and types are what a connector builder groups by: the reference's. */
function kindOf({ purpose, stream, action }: TestAnswer): Labels {
  switch (purpose) {
    case "records":
      return ofRecords(stream, action);
    case "schema":
      return {
        title: "Schema loader 'dynamic_properties' request",
        type: "HTTP",
        description: "The schema of the stream is made from what this brings.",
      };
    case "list":
      return {
        title: "Record expander 'record_expander_truncated_list' request",
        type: "HTTP",
        description: "A record holds only a part of its list; this brings all of it.",
      };
    case "login":
      return {
        title: "Login request",
        type: "AUTH",
        description: "Opens a session, whose token other requests carry.",
      };
    case "token":
      return {
        title: "Refresh token",
        type: "AUTH",
        description: "Brings the access token that other requests carry.",
      };
    case "job-create":
      return {
        title: "Async Job -- Create",
        type: "ASYNC_CREATE",
        description: "Has the API start a job for a slice.",
      };
    case "job-poll":
      return { title: "Async Job -- Polling", type: "ASYNC_POLL", description: "Asks how the job stands." };
    case "job-abort":
      return { title: "Async Job -- Abort", type: "ASYNC_ABORT", description: "Has the API give the job up." };
    case "job-delete":
      return { title: "Async Job -- Delete", type: "ASYNC_DELETE", description: "Has the API forget the job." };
  }
}

function ofRecords(stream: string, action: TestAnswer["action"]): Labels {
  const type = "HTTP";
  if (action === "REDUCE_PAGE_SIZE") {
    return {
      title: `Stream '${stream}' page rejected, retrying with a smaller page size`,
      type,
      description: "The API asked for a smaller page; this answer's records do not count.",
    };
  }
  if (action === "SPLIT_REQUEST_WINDOW") {
    return {
      title: `Stream '${stream}' request window rejected, retrying with a smaller window`,
      type,
      description:
        "The API asked for a smaller window; the slice is read in parts, and this answer's records do not count.",
    };
  }
  return { title: `Stream '${stream}' request`, type, description: `Brings records of the stream ${stream}.` };
}
