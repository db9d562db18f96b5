import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "**/*.gen.ts", ".cache/**", "coverage/**"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", package: "node:test", name: "test" }] },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/no-dynamic-delete": "off",
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/only-throw-error": "off",
      // What components and roles are made of are closures: none of them looks at `this`.
      "@typescript-eslint/unbound-method": "off",
      // Takes what a closure changes while a loop waits for a constant.
      "@typescript-eslint/no-unnecessary-condition": "off",
      // Takes every Json for an object.
      "@typescript-eslint/no-base-to-string": "off",
      // Never ends on a type that holds itself, as Json does.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    },
  },
);
