import type { Message } from "../../protocol/message.ts";
import type { Style } from "../terminal/style.ts";

/** What a message tells people at once, undefined where it is nothing for them. */
export function remark(message: Message, style: Style): string | undefined {
  if (message.type === "TRACE" && message.trace.error !== undefined) {
    const { message: text, stream_descriptor: stream } = message.trace.error;
    return `${style.red("error")} ${stream === undefined ? "" : `${style.bold(stream.name)} `}${text}\n`;
  }
  if (message.type !== "LOG") return undefined;
  const { level, message: text } = message.log;
  if (level === "WARN") return `${style.yellow("warn")} ${text}\n`;
  if (level === "DEBUG" || level === "TRACE") return `${style.dim(`debug ${text}`)}\n`;
  return undefined; // errors come as traces, and what is going on is seen
}
