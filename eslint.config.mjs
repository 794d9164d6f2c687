import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const WORLD = "Clock, timers, randomness and environment come from lib/runtime: take them as an argument.";

export default tseslint.config(
  {
    ignores: [
      "node_modules/",
      ".next/",
      "dist/",
      "data/",
      "coverage/",
      "test-results/",
      "playwright-report/",
      "lib/store/prisma/generated/",
      "next-env.d.ts",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { "react-hooks": reactHooks },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // Concerns the React Compiler, which is not in use.
      "react-hooks/incompatible-library": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // Methods that implement an asynchronous port may have nothing to wait for.
      "@typescript-eslint/require-await": "off",
      // Index signatures are read with brackets: the compiler option demands it.
      "@typescript-eslint/dot-notation": "off",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 3],
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    ignores: ["**/*.test.{ts,tsx}", "e2e/**"],
    rules: { "max-lines-per-function": ["error", { max: 120, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ["lib/**/*.ts"],
    ignores: ["lib/runtime/**", "lib/web/**", "lib/testing/**", "**/*.test.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: WORLD },
        { object: "Math", property: "random", message: WORLD },
        { object: "process", property: "env", message: WORLD },
        { object: "performance", property: "now", message: WORLD },
      ],
      "no-restricted-globals": [
        "error",
        { name: "setTimeout", message: WORLD },
        { name: "setInterval", message: WORLD },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: WORLD },
      ],
    },
  },
  {
    // Playwright's fixtures hand over with a function that happens to be called use.
    files: ["e2e/**"],
    rules: { "react-hooks/rules-of-hooks": "off" },
  },
  {
    files: ["server.ts", "scripts/**", "examples/**", "bench/**", "e2e/**", "lib/testing/**"],
    rules: { "no-console": "off" },
  },
);
