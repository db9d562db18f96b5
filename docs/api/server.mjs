// The harbour's API, which the tutorial and the how-tos read: it runs on this machine, and what it answers is made up.
//
//   node docs/api/server.mjs start        prints its address; it ends when nobody asked for ten minutes
//   node docs/api/server.mjs stop URL
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const IDLE_MILLISECONDS = 600_000;
const [command, url] = process.argv.slice(2);

const commands = { start, stop: () => fetch(url, { method: "DELETE" }), serve };
if (commands[command] === undefined) {
  process.stderr.write("node docs/api/server.mjs start | stop URL\n");
  process.exitCode = 2;
} else await commands[command]();

/** Starts the server in a process of its own, and prints its address once it listens. */
async function start() {
  const server = spawn(process.execPath, [fileURLToPath(import.meta.url), "serve"], {
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  for await (const address of server.stdout) {
    process.stdout.write(`${address}\n`);
    break;
  }
  server.unref();
}

function serve() {
  const ships = Array.from({ length: 12 }, (_, index) => ({
    id: index + 1,
    name: ["Anne", "Berta", "Clara", "Dora", "Emma", "Frida"][index % 6] + (index < 6 ? "" : " II"),
    length_cm: 1200 + index * 310,
  }));
  const visits = Array.from({ length: 30 }, (_, index) => ({
    id: index + 1,
    ship_id: (index % 12) + 1,
    updated_at: new Date(Date.UTC(2026, 0, index + 1)).toISOString().replace(".000Z", "Z"),
  }));
  const asked = { busy: 0, flaky: 0 };
  let refresh = 1;

  const server = createServer(async (request, response) => {
    idle.refresh();
    const { pathname, searchParams, origin } = new URL(request.url, `http://${request.headers.host}`);
    const number = (name, fallback) => Number(searchParams.get(name) ?? fallback);
    const reply = (status, body, headers = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(body));
    };
    const ok = (data, more) => reply(200, { data, ...more });
    if (request.method === "DELETE") {
      response.end();
      return end();
    }
    if (pathname === "/oauth/token") {
      let form = "";
      for await (const chunk of request) form += chunk;
      if (new URLSearchParams(form).get("refresh_token") !== `refresh-${refresh}`) {
        return reply(400, { error: "invalid_grant" });
      }
      refresh++;
      return reply(200, { access_token: `access-${refresh}`, refresh_token: `refresh-${refresh}`, expires_in: 3600 });
    }
    if (pathname === "/my/ships") {
      if (request.headers.authorization !== `Bearer access-${refresh}`) return reply(401, { error: "sign in first" });
      return ok(ships.slice(0, 3));
    }
    if (request.headers["x-api-key"] !== "harbour-key") return reply(401, { error: "no such key" });
    if (pathname === "/ships") {
      const from = number("cursor", 0);
      const to = from + number("limit", 5);
      return ok(ships.slice(from, to), { next: to < ships.length ? String(to) : null });
    }
    if (pathname === "/ships/by-page") {
      const size = number("per_page", 5);
      return ok(ships.slice((number("page", 1) - 1) * size).slice(0, size));
    }
    if (pathname === "/ships/by-offset") return ok(ships.slice(number("offset", 0)).slice(0, number("limit", 5)));
    if (pathname === "/ships/by-link") {
      const page = number("page", 1);
      const next = `<${origin}/ships/by-link?page=${page + 1}>; rel="next"`;
      return reply(200, ships.slice((page - 1) * 5, page * 5), page < 3 ? { link: next } : {});
    }
    const crew = /^\/ships\/(\d+)\/crew$/.exec(pathname);
    if (crew !== null) {
      return ok([
        { name: `Captain of ${crew[1]}`, rank: "captain" },
        { name: `Cook of ${crew[1]}`, rank: "cook" },
      ]);
    }
    if (pathname === "/visits") {
      const [since, until] = [searchParams.get("since") ?? "", searchParams.get("until") ?? "9"];
      return ok(visits.filter(({ updated_at }) => updated_at >= since && updated_at <= until));
    }
    if (pathname === "/busy") {
      return asked.busy++ < 1 ? reply(429, { error: "slow down" }, { "retry-after": "1" }) : ok(ships.slice(0, 2));
    }
    if (pathname === "/flaky") {
      return asked.flaky++ < 1 ? reply(200, { error: { code: "LATER" } }) : ok(ships.slice(0, 2));
    }
    if (pathname === "/closed") return reply(403, { error: "members only" });
    return reply(404, { error: "no such path" });
  });
  const end = () => {
    clearTimeout(idle);
    server.close();
    server.closeAllConnections();
  };
  const idle = setTimeout(end, IDLE_MILLISECONDS);
  server.listen(0, "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${server.address().port}`));
}
