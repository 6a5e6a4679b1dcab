const isVerify = Boolean(process.env["TAPEBOOK_VERIFY"]);

/** How often a property is tried: some hundred times in `npm test`, at least 10,000 in `npm run verify`. */
export const fuzz = (seed: number, runs = 300) => ({seed, numRuns: isVerify ? Math.max(10_000, runs) : runs});

/** Time for a fuzzed test. */
export const fuzzMs = isVerify ? 600_000 : 20_000;
