import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { promisify } from "node:util";
import { configError } from "../../../errors.ts";
import { foldersOf, makeLayer, type LayerEntry } from "../layer.ts";
import { hostPlatform, isPlatform, platformName } from "../platform.ts";
import type { Base, BaseImage } from "./base.ts";

/** What Airbyte's own scripts call within a connector's container. */
const PROGRAMS = "sh cat chmod cp date env head kill ls mkdir mkfifo mv rm sleep tail test touch true".split(" ");
const FOLDERS = ["bin", "usr/bin", "usr/local/bin"];
const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";
const LEVEL = 6; // of compression: the last few per cent of Node would take as long as all before

/**
 * A base made of this machine's own parts: Node, the C library that it is linked with, a shell and what Airbyte's scripts call.
 * It needs no registry; its platform is this machine's.
 * @param node the path of Node's executable
 */
export function nodeBase(node: string = process.execPath): Base {
  return {
    name: "node",
    node,
    async image(platform): Promise<BaseImage> {
      if (!isPlatform(platform, hostPlatform())) {
        const own = platformName(hostPlatform());
        throw configError(
          `A base made of this machine's Node is for ${own}: name another base for ${platformName(platform)} with --base.`,
          { code: "no-platform" },
        );
      }
      const layer = await makeLayer(await entries(node), 0, LEVEL);
      return {
        layers: [layer.blob],
        config: {
          ...hostPlatform(),
          config: { Env: ["PATH=/usr/local/bin:/usr/bin:/bin"], Cmd: ["node"] },
          rootfs: { type: "layers", diff_ids: [layer.diffId] },
          history: [{ created: "1970-01-01T00:00:00Z", created_by: "ferry: Node and what it is linked with" }],
        },
      };
    },
  };
}

async function entries(node: string): Promise<readonly LayerEntry[]> {
  const programs = PROGRAMS.flatMap((name) => {
    const path = FOLDERS.map((folder) => `/${folder}/${name}`).find((one) => existsSync(one));
    return path === undefined ? [] : [{ path: `usr/bin/${name}`, from: path }];
  });
  const executables = [{ path: "usr/local/bin/node", from: node }, ...programs];
  const libraries = new Map<string, string>();
  for (const { from } of executables) for (const path of await linkedWith(from)) libraries.set(path.slice(1), path);

  const files = [...executables, ...[...libraries].map(([path, from]) => ({ path: merged(path), from }))];
  const content = await Promise.all(
    files.map(async ({ path, from }) => ({ path, content: await readFile(realpathSync(from)), mode: 0o755 })),
  );
  const certificates = existsSync(CERTIFICATES)
    ? [{ path: CERTIFICATES.slice(1), content: await readFile(CERTIFICATES) }]
    : [];
  const all: LayerEntry[] = [...unique(content), ...certificates, ...accounts];
  // What the links lead to has to be there, also where nothing lies in it.
  const folders = foldersOf([...all.map(({ path }) => path), ...links.map(({ link }) => `${link}/within`)]);
  return [
    ...folders.map((path) => ({ path })),
    ...links,
    ...all,
    { path: "tmp", mode: 0o1777 },
    { path: "root", mode: 0o700 },
  ];
}

/** As Debian lays it out: `/bin` and `/lib` are links into `/usr`. */
const links: readonly { readonly path: string; readonly link: string }[] = [
  { path: "bin", link: "usr/bin" },
  { path: "lib", link: "usr/lib" },
  { path: "lib64", link: "usr/lib64" },
];
const merged = (path: string): string => path.replace(/^(?=(?:lib|lib64|bin)\/)/, "usr/");

const accounts: readonly LayerEntry[] = [
  ["etc/passwd", "root:x:0:0::/root:/bin/sh\nairbyte:x:1000:1000::/airbyte:/bin/sh\n"],
  ["etc/group", "root:x:0:\nairbyte:x:1000:\n"],
  ["etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"],
].map(([path, text]) => ({ path: path!, content: Buffer.from(text!) }));

function unique(all: readonly LayerEntry[]): LayerEntry[] {
  return [...new Map(all.map((entry) => [entry.path, entry])).values()];
}

/** The libraries that a program is linked with, its loader among them; none where it is linked with none. */
async function linkedWith(path: string): Promise<readonly string[]> {
  try {
    const { stdout } = await promisify(execFile)("ldd", [path]);
    return [...stdout.matchAll(/^\s*(?:\S+ => )?(\/\S+) \(0x[0-9a-f]+\)$/gm)].map(([, library]) => library!);
  } catch (cause) {
    const { stderr = "", stdout = "" } = cause as { stderr?: string; stdout?: string }; // what execFile rejects with
    if (/not a dynamic executable|statically linked/.test(stderr + stdout)) return [];
    throw configError(
      `What ${basename(path)} is linked with cannot be told: ldd is missing. Name a base with --base.`,
      {
        code: "bad-base",
        cause,
      },
    );
  }
}
