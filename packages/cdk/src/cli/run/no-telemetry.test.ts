import { createSocket } from "node:dgram";
import { lookup } from "node:dns";
import { Socket } from "node:net";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { json } from "../../testing/replies.ts";
import { startServer } from "../../testing/server.ts";
import { runCheck } from "../check.ts";
import { runDiscover } from "../discover.ts";
import { runPlan } from "../plan.ts";
import { runRead } from "../read/run-read.ts";
import { runSpec } from "../spec.ts";
import { showState, validateState } from "../state.ts";
import { connectorFolder, fakePlace } from "./place-for-test.ts";

vi.mock("node:dgram", { spy: true });
vi.mock("node:dns", { spy: true });
afterEach(() => {
  vi.restoreAllMocks();
});

/** Ports of this machine, or hosts, that something connected to. */
function watchSockets(): Set<string> {
  const seen = new Set<string>();
  const connect = Socket.prototype.connect;
  vi.spyOn(Socket.prototype, "connect").mockImplementation(function (this: Socket, ...args: unknown[]) {
    const [first] = args.flat() as { host?: string; port?: number | string; path?: string }[];
    seen.add(`${first?.path ?? first?.host ?? ""}:${String(first?.port ?? "")}`);
    return Reflect.apply(connect, this, args) as Socket;
  });
  return seen;
}

test.each(["terminal", "pipe"] as const)(
  "no verb connects to anything but the API of the manifest (%s)",
  async (kind) => {
    await using server = await startServer({
      "/users": json({ data: [{ id: 1 }] }),
      "/events": json({ data: [] }),
    });
    await using folder = await connectorFolder({ url: server.url, token: "t" });
    const state = join(folder.path, "state.json");
    await writeFile(state, "[]");
    const args = { target: folder.path, debug: false };
    const seen = watchSockets();
    const place = (): ReturnType<typeof fakePlace> => fakePlace(kind);

    await runSpec(args, place());
    await runPlan({ ...args, slices: 1 }, place().terminal);
    await runDiscover({ ...args, fields: true }, place());
    await showState(state, undefined, place().terminal);
    await validateState(state, folder.path, undefined, undefined, place().terminal);
    expect([...seen]).toEqual([]);

    await runCheck(args, place());
    await runRead({ ...args, har: join(folder.path, "a.har") }, place());
    await runRead({ ...args, out: join(folder.path, "out"), outFormat: "parquet" }, place());
    expect([...seen]).toEqual([server.url.replace("http://", "")]);
    expect(createSocket).not.toHaveBeenCalled();
    const names = vi.mocked(lookup).mock.calls.map(([name]) => name);
    expect(new Set(names)).toEqual(new Set(["127.0.0.1"])); // the server's own, as it begins to listen
  },
);
