import {defineConfig} from "vitest/config";

// Framework builds the site; Vite bundles the services for Node and runs the tests.
export default defineConfig({
  resolve: {alias: [{find: /^npm:((?:@[^/]+\/)?[^@/]+)(?:@[^/]+)?(.*)$/, replacement: "$1$2"}]},
  build: {
    ssr: true,
    outDir: "build/services",
    target: "node20",
    minify: false,
    rolldownOptions: {input: {sidecar: "services/sidecar/main.ts"}, output: {entryFileNames: "[name].mjs"}}
  },
  ssr: {noExternal: true},
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["node_modules/**", "src/**"],
    globalSetup: "test/support/shared-folder.ts",
    reporters: ["default", "./test/closing-line.ts"],
    maxWorkers: 2, // of two processors: most tests wait for a process of their own
    testTimeout: 20_000,
    retry: 1 // what needed it is named at the end
  }
});
