import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["ferry-source", "node", "import", "default"] },
  ssr: { resolve: { conditions: ["ferry-source", "node", "import", "default"] } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 20_000,
    env: { TZ: "UTC" },
  },
});
