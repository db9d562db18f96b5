import type { Bundle } from "../bundle/bundle.ts";
import type { ImageOptions, PlatformImage } from "./assemble.ts";
import { jsonBlob, mediaTypes, sha256, type Blob } from "./blob.ts";
import { platformName } from "./platform.ts";

/**
 * What is in an image (an SPDX document) and how it came to be (SLSA provenance), in the form that registries and
 * Docker show: a manifest of in-toto statements for no platform, which names the image's own manifest.
 */
export function attestations(
  bundle: Bundle,
  { platform, manifest }: PlatformImage,
  { base, epoch }: Pick<ImageOptions, "base" | "epoch">,
): { readonly manifest: Blob; readonly blobs: readonly Blob[] } {
  const { digest } = manifest.descriptor;
  const statement = (predicateType: string, predicate: unknown): Blob =>
    jsonBlob(
      mediaTypes.statement,
      {
        _type: "https://in-toto.io/Statement/v0.1",
        predicateType,
        subject: [{ name: bundle.name, digest: { sha256: digest.slice("sha256:".length) } }],
        predicate,
      },
      { annotations: { "in-toto.io/predicate-type": predicateType } },
    );
  const created = new Date(epoch * 1000).toISOString();
  const layers = [
    statement("https://spdx.dev/Document", spdx(bundle, created)),
    statement("https://slsa.dev/provenance/v0.2", {
      builder: { id: "ferry image build" },
      buildType: "ferry-cdk",
      materials: [
        { uri: `base:${base.name}` },
        ...bundle.files.map(({ path, content }) => ({
          uri: path,
          digest: { sha256: sha256(content).slice("sha256:".length) },
        })),
      ],
      invocation: { environment: { platform: platformName(platform) } },
      metadata: { buildStartedOn: created, reproducible: true },
    }),
  ];
  const config = jsonBlob(mediaTypes.config, {
    architecture: "unknown",
    os: "unknown",
    config: {},
    rootfs: { type: "layers", diff_ids: layers.map((layer) => layer.descriptor.digest) },
  });
  return {
    manifest: jsonBlob(
      mediaTypes.manifest,
      {
        schemaVersion: 2,
        mediaType: mediaTypes.manifest,
        config: config.descriptor,
        layers: layers.map(({ descriptor }) => descriptor),
      },
      {
        platform: { architecture: "unknown", os: "unknown" },
        annotations: {
          "vnd.docker.reference.type": "attestation-manifest",
          "vnd.docker.reference.digest": digest,
        },
      },
    ),
    blobs: [config, ...layers],
  };
}

function spdx({ name, version, packages }: Bundle, created: string): unknown {
  const described = [{ name, version, license: "NOASSERTION" }, ...packages];
  const identifier = (index: number): string => `SPDXRef-Package-${index}`;
  return {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name,
    documentNamespace: `urn:ferry:${name}:${version}:${sha256(JSON.stringify(packages)).slice("sha256:".length)}`,
    creationInfo: { created, creators: ["Tool: ferry-cdk"] },
    packages: described.map((one, index) => ({
      SPDXID: identifier(index),
      name: one.name,
      versionInfo: one.version,
      downloadLocation: "NOASSERTION",
      filesAnalyzed: false,
      licenseConcluded: "NOASSERTION",
      licenseDeclared: one.license,
      copyrightText: "NOASSERTION",
      ...(index === 0
        ? {}
        : {
            externalRefs: [
              {
                referenceCategory: "PACKAGE-MANAGER",
                referenceType: "purl",
                referenceLocator: `pkg:npm/${one.name.replace("@", "%40")}@${one.version}`,
              },
            ],
          }),
    })),
    relationships: [
      { spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: identifier(0) },
      ...packages.map((_, index) => ({
        spdxElementId: identifier(0),
        relationshipType: "CONTAINS",
        relatedSpdxElement: identifier(index + 1),
      })),
    ],
  };
}
