// An API whose answers are of any size: they are made while they are sent, so the server keeps none. Tells its port to the
// process that forked it, and ends with it.
import { createServer } from "node:http";

const PIECE = 1000; // rows made at once
const note = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima ";
const row = (id) => ({
  id,
  name: `Customer ${id}`,
  email: `user${id}@example.com`,
  active: id % 3 === 0,
  score: (id % 10_000) / 100,
  updatedAt: `2024-${String(1 + (id % 12)).padStart(2, "0")}-02T03:04:05Z`,
  ownerData: { firstName: "Ada", lastName: "Lovelace" },
  note: id % 16 === 3 ? `café ${note}` : note,
});

const json = (id) => JSON.stringify(row(id));
const FORMS = {
  "/pages": { head: '{"data":[', between: ",", tail: "]}", write: json },
  "/document": { head: '{"data":[', between: ",", tail: "]}", write: json },
  "/lines": { head: "", between: "\n", tail: "\n", write: json },
  "/csv": {
    head: `${Object.keys(row(0)).join(",")}\n`,
    between: "\n",
    tail: "\n",
    write: (id) => Object.values({ ...row(id), ownerData: "Ada Lovelace" }).join(","),
  },
};

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const origin = `http://${request.headers.host}`;
  if (pathname === "/jobs") return response.end(JSON.stringify({ id: 1 }));
  if (pathname === "/jobs/1") {
    return response.end(JSON.stringify({ status: "done", url: `${origin}/csv?rows=${searchParams.get("rows")}` }));
  }
  const rows = Number(searchParams.get("rows"));
  const { head, between, tail, write } = FORMS[pathname];
  const first = pathname === "/pages" ? (Number(searchParams.get("page")) - 1) * PIECE : 0;
  const last = pathname === "/pages" ? Math.min(first + PIECE, rows) : rows;
  response.setHeader("content-type", pathname === "/csv" ? "text/csv" : "application/json");
  let goOn = () => undefined; // an answer that nobody takes any more goes on too, to its end
  response.on("drain", () => goOn()).on("close", () => goOn());
  response.write(head);
  for (let from = first; from < last; from += PIECE) {
    const some = [];
    for (let id = from; id < Math.min(from + PIECE, last); id++) some.push(write(id));
    const more = response.write(`${from === first ? "" : between}${some.join(between)}`);
    if (!more && !response.destroyed) await new Promise((resolve) => (goOn = resolve));
    if (response.destroyed) return;
  }
  response.end(tail);
});
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit());
