/** What a Dockerfile is made for. */
export interface DockerfileOptions {
  /** As the registry calls it, such as `airbyte/source-orders`. */
  readonly name: string;
  readonly version: string;
  /** Where the connector lies within the folder that is built, such as `.` or `packages/source-csv`. */
  readonly place: string;
  /** The commands that make `ferry` ready there, and how it is called then. */
  readonly install: Install;
  readonly base?: string | undefined;
}

export interface Install {
  readonly commands: readonly string[];
  readonly ferry: string;
}

/** The image that is built on where none is named: pinned, with a shell and what Airbyte's scripts call. */
const BASE = "node:22.23.3-bookworm-slim";
/** The first words of every file that is made here: by them one of somebody else is told. */
export const MADE = "# Made by `ferry image dockerfile`";

/** Where ferry-cdk is a dependency of the connector's own package. */
export const ownPackage: Install = {
  commands: ["if [ -f package-lock.json ]; then npm ci; else npm install; fi", "npm run build --if-present"],
  ferry: "npx ferry",
};

/** A Dockerfile for those who build with an engine: what comes of it behaves as what `ferry image build` makes. */
export function dockerfileOf({ name, version, place, install, base = BASE }: DockerfileOptions): string {
  const commands = [...install.commands, `${install.ferry} bundle ${place} --compile --out "$OUT"`];
  const folder = place === "." ? "bundle" : `${place}/bundle`;
  const build = place === "." ? "." : `--file ${place}/Dockerfile .`;
  return `${MADE}, which is to be run again when name or version change. To build it:
#   docker build --tag ${name}:${version} ${build}
# --build-arg BUNDLE=${folder} takes what \`ferry bundle ${place} --compile --out ${folder}\` made before, and installs nothing.
ARG BASE=${base}

FROM \${BASE} AS bundle
WORKDIR /connector
COPY . .
ARG BUNDLE=
RUN set -e; mkdir -p /made/airbyte; OUT=/made/airbyte/integration_code; \\
    if [ -n "$BUNDLE" ]; then cp -r "$BUNDLE" "$OUT"; exit; fi; \\
${commands.map((command) => `    ${command}`).join("; \\\n")}

FROM \${BASE}
COPY --from=bundle --chown=1000:1000 /made/airbyte /airbyte
ENV AIRBYTE_ENTRYPOINT="node /airbyte/integration_code/main.mjs"
LABEL io.airbyte.name="${name}" \\
      io.airbyte.version="${version}" \\
      org.opencontainers.image.title="${name}" \\
      org.opencontainers.image.version="${version}"
WORKDIR /airbyte/integration_code
USER 1000:1000
ENTRYPOINT ["node", "/airbyte/integration_code/main.mjs"]
`;
}

/** What an engine is not given: what is installed anew, and what is secret. */
export const dockerignore: string = `${MADE}: what is installed anew, and what is secret, stays outside.
**/node_modules
.git
**/.env
**/config.json
!**/test/config.json
**/secrets
`;
