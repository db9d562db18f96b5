import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import { afterAll, expect, test } from "vitest";
import { createSend } from "../../http/send.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { assemble, type Image } from "./assemble.ts";
import { openBase } from "./base/open-base.ts";
import type { Base } from "./base/base.ts";
import { readBlob, type Blob, type Platform } from "./blob.ts";
import { makeLayer } from "./layer.ts";
import { writeDockerArchive } from "./outputs/docker-archive.ts";
import { writeLayout } from "./outputs/oci-layout.ts";
import { push } from "./outputs/push.ts";
import { parsePlatform } from "./platform.ts";
import { parseReference, printReference } from "./reference.ts";
import { startRegistry } from "./registry/registry-for-test.ts";

const folder = mkdtempSync(join(tmpdir(), "ferry-image-"));
afterAll(() => rmSync(folder, { recursive: true }));

const platforms: readonly Platform[] = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm64", variant: "v8" },
];
/** A base of one file, which differs by platform. */
const base: Base = {
  name: "small",
  async image(platform) {
    const layer = await makeLayer([{ path: "arch", content: Buffer.from(platform.architecture) }], 0);
    const config = { Env: ["PATH=/bin", "AIRBYTE_ENTRYPOINT=old"], Labels: { kept: "yes" } };
    return {
      layers: [layer.blob],
      config: { ...platform, config, rootfs: { type: "layers", diff_ids: [layer.diffId] } },
    };
  },
};
const bundle: Bundle = {
  name: "airbyte/source-orders",
  version: "1.2.3",
  files: [
    { path: "main.mjs", content: Buffer.from("console.log(1)") },
    { path: "source_declarative_manifest/manifest.yaml", content: Buffer.from("version: 1") },
  ],
  packages: [{ name: "@scope/yaml", version: "2.9.1", license: "ISC" }],
};
const build = (over: Partial<Bundle> = {}): Promise<Image> =>
  assemble({ ...bundle, ...over }, { base, platforms, epoch: 0 });
const options = (): Parameters<typeof openBase>[1] => ({
  send: createSend({}),
  env: { HOME: folder },
  signal: new AbortController().signal,
  insecure: true,
});
const parsed = async (blob: Blob): Promise<Record<string, unknown>> =>
  JSON.parse((await readBlob(blob)).toString()) as Record<string, unknown>;

async function tarEntries(bytes: Buffer): Promise<Record<string, string>> {
  const entries: Record<string, string> = {};
  const tar = extract();
  tar.end(bytes);
  for await (const entry of tar) {
    const { name, uid, mode, type } = entry.header;
    const content: Buffer[] = [];
    for await (const chunk of entry) content.push(chunk as Buffer);
    entries[name] = `${type} ${uid} ${(mode ?? 0).toString(8)} ${Buffer.concat(content).toString()}`.trim();
  }
  return entries;
}

test("the same input gives the same digest, another one another", async () => {
  const digest = async (image: Promise<Image>): Promise<string> => (await image).index.descriptor.digest;
  expect(await digest(build())).toBe(await digest(build()));
  expect(await digest(build({ version: "1.2.4" }))).not.toBe(await digest(build()));
});

test("the connector's layer is the same for every platform, and its own user's", async () => {
  const { manifests } = await build();
  const layers = await Promise.all(
    manifests.slice(0, 2).map(async (one) => (await parsed(one))["layers"] as { digest: string }[]),
  );
  expect(layers[0]![1]).toEqual(layers[1]![1]);
  expect(layers[0]![0]).not.toEqual(layers[1]![0]);
  const { first } = await build();
  expect(await tarEntries(gunzipSync(await readBlob(first.layers[1]!)))).toEqual({
    airbyte: "directory 1000 755",
    "airbyte/integration_code": "directory 1000 755",
    "airbyte/integration_code/main.mjs": "file 1000 755 console.log(1)",
    "airbyte/integration_code/source_declarative_manifest": "directory 1000 755",
    "airbyte/integration_code/source_declarative_manifest/manifest.yaml": "file 1000 644 version: 1",
  });
});

test("the config is what the platform looks for", async () => {
  const { first } = await build();
  expect(await parsed(first.config)).toMatchObject({
    architecture: "amd64",
    created: "1970-01-01T00:00:00.000Z",
    config: {
      User: "1000:1000",
      WorkingDir: "/airbyte/integration_code",
      Entrypoint: ["node", "/airbyte/integration_code/main.mjs"],
      Env: ["PATH=/bin", "AIRBYTE_ENTRYPOINT=node /airbyte/integration_code/main.mjs"],
      Labels: { kept: "yes", "io.airbyte.name": "airbyte/source-orders", "io.airbyte.version": "1.2.3" },
    },
  });
});

test("what is in it, and how it came to be, is attested for each platform", async () => {
  const image = await build();
  const index = (await parsed(image.index))["manifests"] as {
    platform: Platform;
    annotations?: Record<string, string>;
  }[];
  expect(index.map(({ platform }) => platform.architecture)).toEqual(["amd64", "arm64", "unknown", "unknown"]);
  expect(index[2]!.annotations?.["vnd.docker.reference.digest"]).toBe(image.manifests[0]!.descriptor.digest);
  const { layers } = (await parsed(image.manifests[2]!)) as { layers: { digest: string }[] };
  const [sbom, provenance] = await Promise.all(
    layers.map(({ digest }) => parsed(image.blobs.find(({ descriptor }) => descriptor.digest === digest)!)),
  );
  expect(sbom).toMatchObject({
    predicateType: "https://spdx.dev/Document",
    predicate: {
      packages: [{ name: bundle.name }, { externalRefs: [{ referenceLocator: "pkg:npm/%40scope/yaml@2.9.1" }] }],
    },
  });
  expect(provenance).toMatchObject({ predicate: { materials: [{ uri: "base:small" }, { uri: "main.mjs" }, {}] } });
});

test("an image in a layout is a base again, of the platforms it has", async () => {
  const layout = join(folder, "layout");
  await writeLayout(layout, "a:1", await build());
  await writeLayout(layout, "a:2", await build({ version: "2.0.0" }));
  await writeLayout(layout, "a:1", await build());
  await expect(openBase(`oci:${layout}`, options())).rejects.toThrow("holds the images a:2, a:1: say which");
  const again = await openBase(`oci:${layout}:1`, options()).catch((error: unknown) => String(error));
  expect(again).toContain('none is "1"');
  await writeLayout(join(folder, "single"), "latest", await build());
  const found = await openBase(`oci:${join(folder, "single")}`, options());
  const { layers, config, digest } = await found.image(platforms[1]!);
  expect([layers.length, config.architecture, digest]).toEqual([
    2,
    "arm64",
    (await build()).manifests[1]!.descriptor.digest,
  ]);
  expect(await readBlob(layers[0]!)).toEqual(await readBlob((await base.image(platforms[1]!)).layers[0]!));
  await expect(found.image({ os: "linux", architecture: "riscv64" })).rejects.toThrow(
    "has no image for linux/riscv64: it has linux/amd64, linux/arm64/v8.",
  );
});

test("what docker load takes is a base again", async () => {
  const file = join(folder, "image.tar");
  await writeDockerArchive(file, "source-orders:1", (await build()).first, 0);
  const entries = await tarEntries(readFileSync(file));
  expect(JSON.parse(entries["manifest.json"]!.replace(/^file \d+ \d+ /, ""))).toMatchObject([
    { RepoTags: ["source-orders:1"] },
  ]);
  const again = await openBase(file, options());
  try {
    const { layers, config } = await again.image(platforms[0]!);
    expect(layers.map(({ descriptor }) => descriptor.digest)).toEqual(
      (await build()).first.layers.map(({ descriptor }) => descriptor.digest),
    );
    expect(config.config?.User).toBe("1000:1000");
  } finally {
    await again.close?.();
  }
});

test("an image of a registry is a base, whose layers are mounted when it goes there again", async () => {
  await using registry = await startRegistry();
  const host = new URL(registry.url).host;
  await push(await build(), parseReference(`${host}/base/node:22`), options());
  const found = await openBase(`${host}/base/node:22`, options());
  const image = await assemble({ ...bundle, version: "9.0.0" }, { base: found, platforms, epoch: 0 });
  const pushed = await push(image, parseReference(`${host}/team/orders:9.0.0`), options());
  expect(pushed).toMatchObject({ mounted: 3, there: 0 });
  const index = registry.manifests.get("team/orders/9.0.0")!;
  expect(index.bytes).toEqual(await readBlob(image.index));
  await expect(openBase(`${host}/base/none:1`, options())).rejects.toThrow("is not there (404");
});

test("the account of the registry that is pushed to is shown to no other one, which the base comes from", async () => {
  await using registry = await startRegistry({ user: "me:sesame" });
  const name = `${new URL(registry.url).host}/base/node:22`;
  const env = { FERRY_REGISTRY_USERNAME: "me", FERRY_REGISTRY_PASSWORD: "sesame" };
  const known = { ...options(), env: { ...options().env, ...env } };
  await expect(openBase(name, known, "other.test")).rejects.toThrow("refuses access");
  await expect(openBase(name, known, new URL(registry.url).host)).rejects.toThrow("is not there");
});

test.each([
  ["nothing", /names no base: it is node, oci:FOLDER/],
  ["oci:/nowhere", /no OCI layout: it has no index\.json/],
  ["/nowhere.tar", /There is no file/],
])("the base %s is refused", async (name, message) => {
  await expect(openBase(name, options())).rejects.toThrow(message);
});

test("a tar that holds no image is refused", async () => {
  mkdirSync(join(folder, "bad"));
  writeFileSync(join(folder, "bad/x.tar"), "nonsense".repeat(100));
  await expect(openBase(join(folder, "bad/x.tar"), options())).rejects.toThrow("holds no image");
});

test.each([
  ["docker.io/node:22", { registry: "docker.io", repository: "library/node", tag: "22" }],
  ["registry-1.docker.io/me/orders:1", { registry: "docker.io", repository: "me/orders", tag: "1" }],
  ["localhost:5000/source-orders:0.1.0", { registry: "localhost:5000", repository: "source-orders", tag: "0.1.0" }],
  ["r.test/a/b", { registry: "r.test", repository: "a/b", tag: "latest" }],
  [`r.test/a:1@sha256:${"0".repeat(64)}`, { registry: "r.test", repository: "a", tag: `sha256:${"0".repeat(64)}` }],
])("the name %s", (text, expected) => {
  expect(parseReference(text)).toEqual(expected);
  expect(parseReference(printReference(expected))).toEqual(expected);
});
test.each([
  ["source-orders:1", "which registry"],
  ["r.test/Orders:1", '"Orders" is no repository'],
  ["r.test/a:b c", '"b c" is no tag'],
  ["r.test/a@sha256:12", "no sha256 digest"],
])("the name %s is refused", (text, reason) => expect(() => parseReference(text)).toThrow(reason));
test.each(["amd64", "windows/amd64", "linux/"])("the platform %s is refused", (text) => {
  expect(() => parsePlatform(text)).toThrow("is no platform of an image");
});
