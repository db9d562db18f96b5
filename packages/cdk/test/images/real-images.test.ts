/** Images in a real registry and a real engine: built with and without it, pushed, pulled, and run as Airbyte does. */
import { createHash } from "node:crypto";
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { json, startServer, type TestServer } from "../../src/testing/index.ts";
import { missing, openWorkshop, root, type Workshop } from "./workshop.ts";

const why = missing.length === 0 ? "" : ` (not covered here: ${missing.join(", ")} is not installed)`;
const PATIENCE = 90_000; // milliseconds; the machine may be busy

interface Trials {
  readonly ok: boolean;
  readonly trials: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

describe.skipIf(missing.length > 0)(`images, with a real registry and a real engine${why}`, () => {
  let workshop: Workshop;
  let api: TestServer;
  beforeAll(async () => {
    [workshop, api] = await Promise.all([
      openWorkshop(),
      startServer({
        "/v1/customers": json({ data: [{ id: 1, name: "Ann" }] }),
        "/v1/orders": json({ data: [{ id: 1, updated_at: "2026-02-01T00:00:00Z" }] }),
        "/v1/invoices": json({ data: [{ id: 1, number: 7 }] }),
      }),
    ]);
  }, PATIENCE);
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    workshop.close();
  }, PATIENCE);

  /** A new connector of a template, as `npm install` and its build leave it, that asks our API. */
  async function scaffold(template: string): Promise<string> {
    const folder = join(workshop.folder, `source-${template}`);
    await workshop.ferry("new", `source-${template}`, "--template", template, "--dir", folder);
    if (template === "manifest") {
      const path = join(folder, "manifest.yaml");
      writeFileSync(path, readFileSync(path, "utf8").replace("https://api.example.com", api.url));
      return folder;
    }
    const modules = join(folder, "node_modules");
    mkdirSync(join(modules, "@types"), { recursive: true });
    symlinkSync(join(root, "packages/cdk"), join(modules, "ferry-cdk"));
    symlinkSync(join(root, "node_modules/@types/node"), join(modules, "@types/node"));
    await workshop.run(process.execPath, join(root, "node_modules/typescript/bin/tsc"), "--project", folder);
    return folder;
  }

  const ofTemplate = { api_token: "t", start_date: "2026-01-01T00:00:00Z" };
  const restApi = (): object => ({
    url_base: `${api.url}/v1`,
    endpoints: [
      { name: "customers", path: "/customers", records_path: ["data"] },
      { name: "orders", path: "/orders", records_path: ["data"], primary_key: ["id"], cursor_field: "updated_at" },
    ],
  });
  const csv = { dataset_name: "orders", url: "/data/orders.csv", provider: { storage: "local" } };
  const connectors: readonly (readonly [string, () => Promise<string>, () => object, string])[] = [
    ["source-csv", async () => join(root, "packages/source-csv"), () => csv, "3 TRACE, 32 RECORD, 1 STATE"],
    ["source-rest-api", async () => join(root, "packages/source-rest-api"), restApi, "2 RECORD"],
    ["source-manifest", () => scaffold("manifest"), () => ofTemplate, "2 RECORD"],
    ["source-typescript", () => scaffold("typescript"), () => ({ ...ofTemplate, url: `${api.url}/v1` }), "2 RECORD"],
    ["source-mixed", () => scaffold("mixed"), () => ({ ...ofTemplate, url: `${api.url}/v1` }), "3 RECORD"],
  ];

  /** One of a workspace, one of a manifest, one of code. */
  const byDockerfile = ["source-csv", "source-manifest", "source-typescript"];

  /** Runs an image's verbs as Airbyte does: read-only, as user 1000, with little memory. */
  async function trial(
    image: string,
    config: object,
    { memory = "256m", runFlags = workshop.runFlags }: { memory?: string; runFlags?: readonly string[] } = {},
  ): Promise<Trials> {
    const file = workshop.put("config.json", config);
    const data = join(root, "packages/source-csv/demo");
    const told = await workshop.tryFerry(
      ...["image", "test", image, "--config", file, "--engine", workshop.engine.join(" ")],
      ...["--memory", memory, "--network", "host", "--volume", `${data}:/data:ro`],
      `--run-flags=${runFlags.join(" ")}`,
    );
    return JSON.parse(told) as Trials;
  }

  describe.each(connectors)("%s", (name, make, config, read) => {
    let folder: string;
    let tag: string;
    let trials: Trials["trials"];
    beforeAll(async () => {
      folder = await make();
      tag = `${workshop.host}/team/${name}:1`;
    }, PATIENCE);

    test("is built twice alike, pushed, pulled, and runs in its container", { timeout: PATIENCE }, async () => {
      const build = async (...outputs: readonly string[]): Promise<{ digest: string; ownLayer: number }> => {
        const argv = ["image", "build", folder, "--base", workshop.base, "--insecure", "--tag", tag];
        return JSON.parse(await workshop.ferry(...argv, ...outputs.flatMap((output) => ["--output", output]))) as {
          digest: string;
          ownLayer: number;
        };
      };
      const archive = join(workshop.folder, `${name}.tar`);
      const first = await build("registry", `docker:${archive}`);
      expect(await build(`oci:${workshop.folder}/again`)).toMatchObject({ digest: first.digest });
      expect(first.ownLayer).toBeLessThan(5e6);

      const pulled = join(workshop.folder, "pulled", name);
      mkdirSync(pulled, { recursive: true });
      await workshop.run(
        "skopeo",
        "copy",
        "-q",
        "--all",
        "--src-tls-verify=false",
        `docker://${tag}`,
        `oci:${pulled}:1`,
      );
      const { manifests } = JSON.parse(readFileSync(join(pulled, "index.json"), "utf8")) as {
        manifests: { digest: string }[];
      };
      expect(manifests.map(({ digest }) => digest)).toEqual([first.digest]);

      await workshop.podman("load", "-q", "-i", archive);
      const tried = await trial(tag, config());
      trials = tried.trials;
      expect(trials.map((each) => [each.name, each.ok, each.ok || each.detail])).toEqual(
        ["image", "spec", "check", "discover", "read"].map((verb) => [verb, true, true]),
      );
      expect(trials.at(-1)!.detail).toContain(read);
    });

    test.runIf(byDockerfile.includes(name))(
      "does the same when its Dockerfile is built",
      { timeout: PATIENCE },
      async () => {
        // The engine gets what a bundle was made of before: nothing can be installed where there is no network.
        const isOurs = folder.startsWith(root);
        const place = isOurs ? relative(root, folder) : ".";
        const context = join(workshop.folder, "context", name);
        mkdirSync(join(context, place), { recursive: true });
        cpSync(join(folder, "Dockerfile"), join(context, place, "Dockerfile"));
        const bundle = join(place, "bundle");
        await workshop.ferry("bundle", folder, "--compile", "--out", join(context, bundle));
        const other = `localhost/${name}:dockerfile`;
        await workshop.buildah(
          ...["bud", "-q", "--isolation", "chroot", "--tls-verify=false", "--tag", other],
          ...["--build-arg", `BASE=${workshop.base}`, "--build-arg", `BUNDLE=${bundle}`],
          ...["--file", join(context, place, "Dockerfile"), context],
        );
        expect(await described(other)).toEqual(await described(tag));
        const spec = (image: string): Promise<string> =>
          workshop.podman("run", "--rm", "--network=none", "--read-only", ...workshop.runFlags, image, "spec");
        expect(await spec(other)).toBe(await spec(tag));
        const withoutTimes = (all: Trials["trials"]): unknown => all.map((each) => [each.name, each.ok, each.detail]);
        expect(withoutTimes((await trial(other, config())).trials)).toEqual(withoutTimes(trials));
        await workshop.podman("rmi", "-f", other, tag);
      },
    );
  });

  describe("source-declarative-manifest", () => {
    const generic = "localhost/source-declarative-manifest:1";
    const manifest = (): object => {
      const requester = { type: "HttpRequester", url_base: `${api.url}/v1`, path: "/customers", http_method: "GET" };
      const record_selector = { type: "RecordSelector", extractor: { type: "DpathExtractor", field_path: ["data"] } };
      const schema = { type: "object", properties: { id: { type: "integer" } } };
      const stream = {
        type: "DeclarativeStream",
        name: "customers",
        retriever: { type: "SimpleRetriever", requester, record_selector },
        schema_loader: { type: "InlineSchemaLoader", schema },
      };
      return {
        version: "6.0.0",
        type: "DeclarativeSource",
        check: { type: "CheckStream", stream_names: ["customers"] },
        streams: [stream],
        spec: { type: "Spec", connection_specification: { type: "object", title: "Baked", properties: {} } },
      };
    };
    const all = ["image", "spec", "check", "discover", "read"].map((verb) => [verb, true]);
    const verbs = ({ trials }: Trials): unknown => trials.map(({ name, ok }) => [name, ok]);

    beforeAll(async () => {
      const archive = join(workshop.folder, "generic.tar");
      const argv = ["image", "build", "--generic", "--tag", generic, "--base", `oci:${workshop.folder}/base:1`];
      await workshop.ferry(...argv, "--output", `docker:${archive}`);
      await workshop.podman("load", "-q", "-i", archive);
    }, PATIENCE);

    test("takes a manifest from its config", { timeout: PATIENCE }, async () => {
      const given = await trial(generic, { __injected_declarative_manifest: manifest() });
      expect(verbs(given)).toEqual(all);
      expect(given.trials.at(-1)!.detail).toContain("1 RECORD");
    });

    test("takes one that was put into the image", { timeout: PATIENCE }, async () => {
      workshop.put("baked/manifest.yaml", manifest());
      workshop.put("baked/Dockerfile", `FROM ${generic}\nCOPY manifest.yaml source_declarative_manifest/\n`);
      await workshop.buildah(
        "bud",
        "-q",
        "--isolation",
        "chroot",
        "-t",
        "localhost/baked:1",
        `${workshop.folder}/baked`,
      );
      expect(verbs(await trial("localhost/baked:1", {}))).toEqual(all);
      const run = ["run", "--rm", "--network=none", ...workshop.runFlags, "localhost/baked:1", "spec"];
      expect(JSON.parse(await workshop.podman(...run))).toMatchObject({
        spec: { connectionSpecification: { title: "Baked" } },
      });
    });

    test("says what it wants where it gets no manifest, or components in Python", { timeout: PATIENCE }, async () => {
      const last = async (config: object): Promise<string> => (await trial(generic, config)).trials.at(-1)!.detail;
      expect(await last({})).toContain(
        "There is no manifest: give its file with --manifest-path, or put it into the config",
      );
      const [stream] = (manifest() as { streams: object[] }).streams;
      const custom = {
        ...stream,
        retriever: { type: "CustomRetriever", class_name: "source_declarative_manifest.components.Mine" },
      };
      const python = {
        __injected_declarative_manifest: { ...manifest(), streams: [custom] },
        __injected_components_py: "class Mine: ...",
        __injected_components_py_checksums: { sha256: createHash("sha256").update("class Mine: ...").digest("hex") },
      };
      const allowed = workshop.runFlags.concat("--env", "AIRBYTE_ENABLE_UNSAFE_CODE=true");
      const told = (await trial(generic, python, { runFlags: allowed })).trials.at(-1)!.detail;
      expect(told).toContain("components written in Python along (__injected_components_py), which cannot run here");
    });

    test("with too little memory it is said to lack memory", { timeout: PATIENCE }, async () => {
      const { ok, trials } = await trial(generic, {}, { memory: "10m" });
      expect([ok, trials.at(-1)!.name]).toEqual([false, "spec"]);
      expect(trials.at(-1)!.detail).toContain("most likely for want of memory");
    });
  });

  /** What an image is to whoever runs it: its config, and the connector's own files. */
  async function described(image: string): Promise<unknown> {
    const [{ Config: config }] = JSON.parse(await workshop.podman("image", "inspect", image)) as [
      { Config: { Labels: Record<string, string> } },
    ];
    const labels = Object.entries(config.Labels).filter(([label]) => !/buildah|base\.digest/.test(label));
    const mounted = (await workshop.podman("image", "mount", image)).trim();
    const files = readdirSync(join(mounted, "airbyte"), { recursive: true, encoding: "utf8" }).sort();
    const contents = ["", ...files].map((file) => {
      const path = join(mounted, "airbyte", file);
      const { uid, gid, mode } = lstatSync(path);
      const isFolder = lstatSync(path).isDirectory();
      const digest = isFolder ? "folder" : createHash("sha256").update(readFileSync(path)).digest("hex");
      return `${file} ${uid}:${gid} ${mode.toString(8)} ${digest}`;
    });
    await workshop.podman("image", "unmount", image);
    return { ...config, Labels: Object.fromEntries(labels), contents };
  }
});
