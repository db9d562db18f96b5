import {
  json,
  startServer,
  status,
  text,
  type ReceivedRequest,
  type Reply,
  type TestServer,
} from "../../../testing/index.ts";
import { sha256 } from "../blob.ts";

export interface FakeRegistry extends TestServer {
  /** Blobs by repository and digest, manifests by repository and tag. */
  readonly blobs: Map<string, Buffer>;
  readonly manifests: Map<string, { readonly type: string; readonly bytes: Buffer }>;
}

export interface FakeRegistryOptions {
  /** `NAME:PASSWORD`: it asks for a token, which these get. */
  readonly user?: string;
  /** Whether it asks for the password itself rather than for a token. */
  readonly basic?: boolean;
  /** How many requests at first find it busy. */
  readonly busy?: number;
  /** What the first pieces of uploads are answered with, or their ends: they are lost. */
  readonly lost?: readonly { readonly method: "PATCH" | "PUT"; readonly reply: Reply }[];
}

/** A registry that keeps what it is sent. */
export async function startRegistry(options: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const { user, basic = false, busy = 0 } = options;
  const lost = [...(options.lost ?? [])];
  const blobs = new Map<string, Buffer>();
  const manifests = new Map<string, { type: string; bytes: Buffer }>();
  const uploads = new Map<string, Buffer>();
  let left = busy;

  function answer(request: ReceivedRequest): Reply {
    const { method, path, query, headers, body } = request;
    if (path === "/token") {
      const known = headers["authorization"] === `Basic ${Buffer.from(user ?? "").toString("base64")}`;
      return known ? json({ token: query.getAll("scope").join(" ") }) : status(401);
    }
    if (left-- > 0) return status(503, { headers: { "retry-after": "7" } });
    const [, repository = "", kind = "", name = ""] = /^\/v2\/(.+?)\/(manifests|blobs)\/(.*)$/.exec(path) ?? [];
    const shown = headers["authorization"] ?? "";
    const known = `Basic ${Buffer.from(user ?? "").toString("base64")}`;
    if (user !== undefined && !(basic ? shown === known : shown.includes(`repository:${repository}:pull`))) {
      const realm = basic ? 'Basic realm="fake"' : `Bearer realm="${server.url}/token",service="fake"`;
      return json(
        { errors: [{ code: "UNAUTHORIZED", message: "who are you" }] },
        { status: 401, headers: { "www-authenticate": realm } },
      );
    }
    const key = `${repository}/${name}`;
    if (kind === "manifests" && method === "PUT") {
      for (const tag of [name, sha256(body)]) {
        manifests.set(`${repository}/${tag}`, { type: headers["content-type"]!, bytes: body });
      }
      return status(201);
    }
    if (kind === "manifests") {
      const found = manifests.get(key);
      return found === undefined ? missing : text(found.bytes, { headers: { "content-type": found.type } });
    }
    if (name === "uploads/") {
      const digest = query.get("mount");
      const from = blobs.get(`${query.get("from")}/${digest}`);
      if (from !== undefined) {
        blobs.set(`${repository}/${digest}`, from);
        return status(201);
      }
      uploads.set("1", Buffer.alloc(0));
      return status(202, { headers: { location: `/v2/${repository}/blobs/uploads/1?state=a` } });
    }
    if (name === "uploads/1") {
      if (lost[0]?.method === method) return lost.shift()!.reply;
      const whole = Buffer.concat([uploads.get("1")!, body]);
      if (method === "PATCH") {
        uploads.set("1", whole);
        return status(202, { headers: { location: `/v2/${repository}/blobs/uploads/1?state=b` } });
      }
      const digest = query.get("digest")!;
      if (sha256(whole) !== digest)
        return json({ errors: [{ message: "provided digest did not match" }] }, { status: 400 });
      blobs.set(`${repository}/${digest}`, whole);
      return status(201);
    }
    const blob = blobs.get(key);
    return blob === undefined ? missing : text(method === "HEAD" ? "" : blob);
  }
  const server = await startServer(answer);
  return { ...server, blobs, manifests };
}

const missing = json({ errors: [{ code: "NAME_UNKNOWN", message: "repository name not known" }] }, { status: 404 });
