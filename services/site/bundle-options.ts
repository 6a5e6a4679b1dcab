import type {BuildOptions} from "esbuild";

/**
 * How everything that a page loads is bundled: one small module for evergreen browsers. Remarks on licences are left
 * out of it, since `licences.txt` holds them whole.
 */
export const bundleOptions = {
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  legalComments: "none"
} as const satisfies BuildOptions;
