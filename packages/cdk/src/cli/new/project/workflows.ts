/** Tests a connector on each push. */
export const testWorkflow = (steps: readonly string[]): string => `name: test
on: [push, pull_request]
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
${prepared(steps)}`;

/** Makes an image of a tag for each platform, and pushes it: without a container engine, but with its credentials. */
export const releaseWorkflow = (
  steps: readonly string[],
): string => `# A tag such as v0.1.0, the version in metadata.yaml, is tested and becomes an image for each platform. \`npx ferry metadata bump\`
# sets the next version; \`npx ferry publish --no-push\` makes the image a source of an Airbyte workspace.
name: release
on:
  push:
    tags: ["v*.*.*"]
permissions:
  contents: read
jobs:
  image:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    permissions:
      contents: read
      packages: write
    env:
      BASE: docker.io/library/node:22.21.1-bookworm-slim
    steps:
${prepared(steps)}      - run: npx ferry metadata validate
      - run: grep -qE "dockerImageTag. .?\${GITHUB_REF_NAME#v}.?( |$)" metadata.yaml
      - run: echo "$TOKEN" | docker login ghcr.io --username "$GITHUB_ACTOR" --password-stdin
        env:
          TOKEN: \${{ github.token }}
      - run: |
          npx ferry image build --base "$BASE" --platform linux/amd64,linux/arm64 \\
            --tag "ghcr.io/\${GITHUB_REPOSITORY,,}:\${GITHUB_REF_NAME#v}" --output registry
`;

const prepared = (steps: readonly string[]): string => `      - uses: actions/checkout@v4.2.2
        with: { persist-credentials: false }
      - uses: actions/setup-node@v4.4.0
        with: { node-version: "22" }
      - run: npm install
${steps.map((step) => `      - run: ${step}\n`).join("")}`;
