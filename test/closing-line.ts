import type {Reporter, TestModule} from "vitest/node";

/**
 * Ends a run with its count alone on a line, which a person and a machine can both read. Before it stands every test
 * that passed only when it was repeated: the machine was too busy, or there is a race to be found.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const states = tests.map((test) => test.result().state);
    const count = (state: string) => states.filter((each) => each === state).length;
    const failed = count("failed") + modules.filter(isBroken).length + unhandledErrors.length;
    for (const test of tests.filter((each) => each.diagnostic()?.flaky))
      process.stdout.write(
        `passed only when repeated: ${test.module.relativeModuleId}: ${test.fullName}: ${firstLine(test.result().errors?.[0]?.message)}\n`
      );
    const skipped = count("skipped") > 0 ? `, ${count("skipped")} skipped` : "";
    process.stdout.write(`${count("passed")} passed, ${failed} failed${skipped}\n`);
  }
}

const firstLine = (text = "") => text.split("\n", 1)[0];

/** Whether a file failed outside its tests: it did not load, or what it sets up did not come up. */
function isBroken(module: TestModule): boolean {
  return (
    module.state() === "failed" && [...module.children.allTests()].every((test) => test.result().state !== "failed")
  );
}
