import type { Message } from "../protocol/message.ts";

/** The message with secrets masked where people read it. Data (RECORD, STATE, CATALOG, SPEC, CONTROL) stays as it is. */
export function maskMessage(message: Message, mask: (text: string) => string): Message {
  switch (message.type) {
    case "LOG":
      return { ...message, log: masked(message.log, ["message", "stack_trace"], mask) };
    case "CONNECTION_STATUS":
      return { ...message, connectionStatus: masked(message.connectionStatus, ["message"], mask) };
    case "TRACE": {
      const { error, analytics } = message.trace;
      if (error !== undefined) {
        const texts = masked(error, ["message", "internal_message", "stack_trace"], mask);
        return { ...message, trace: { ...message.trace, error: texts } };
      }
      if (analytics === undefined) return message;
      return { ...message, trace: { ...message.trace, analytics: masked(analytics, ["value"], mask) } };
    }
    default:
      return message;
  }
}

function masked<T extends object>(object: T, members: readonly (keyof T)[], mask: (text: string) => string): T {
  const copy = { ...object };
  for (const member of members) {
    const text = copy[member];
    if (typeof text === "string") copy[member] = mask(text) as T[keyof T]; // it was a text, and is one
  }
  return copy;
}
