import {expect, it} from "vitest";
import {installWords} from "../../services/site/chromium.js";

it.runIf(process.platform === "linux")(
  "the browser is installed with the system's parts only where nobody is asked",
  () => {
    expect(installWords(() => true)).toEqual(["install", "--with-deps"]);
    expect(installWords(() => false)).toEqual(["install"]);
  }
);
