// What the browser's scripts are held to, as ruff holds Python.
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["explorer/live/built/", "explorer/live/vendor/", ".venv*/"] },
  js.configs.recommended,
  {
    languageOptions: { globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-unused-vars": "error",
      eqeqeq: "error",
      "prefer-const": "error",
      "max-len": ["error", { code: 128 }],
    },
  },
];
