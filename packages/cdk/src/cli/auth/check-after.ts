import type { AirbyteConnectionStatus } from "../../protocol/messages.gen.ts";
import { runForPeople } from "../run/run-for-people.ts";
import { openSession } from "../run/session.ts";
import type { Terminal } from "../terminal/terminal.ts";

export interface Checked {
  readonly status: AirbyteConnectionStatus | undefined;
  readonly text: string;
  readonly exitCode: number;
}

/** Tries the connection with the config as it is now; what the connector changes in it is kept. */
export async function checkAfter(
  { target, config }: { readonly target: string; readonly config?: string | undefined },
  terminal: Terminal,
): Promise<Checked> {
  const session = await openSession({ target, config, debug: false }, terminal);
  let status: AirbyteConnectionStatus | undefined;
  const code = await runForPeople(
    session,
    "check",
    {},
    {
      complain: terminal.complain,
      style: terminal.remarks,
      onMessage(message) {
        if (message.type === "CONNECTION_STATUS") status = message.connectionStatus;
      },
    },
  );
  const { style } = terminal;
  if (code === 0 && status?.status === "SUCCEEDED") {
    return { status, text: `${style.green("✓")} The connection works.\n`, exitCode: 0 };
  }
  const why = status?.message ?? "It does not say why.";
  return { status, text: `${style.red("✗")} The connection does not work: ${why}\n`, exitCode: 1 };
}
