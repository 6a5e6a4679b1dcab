import {mkdirSync, writeFileSync} from "node:fs";
import {cpus, loadavg} from "node:os";
import {globSync} from "tinyglobby";
import type {Row} from "./measure.js";
import {printRows} from "./print-rows.js";
import {runBench} from "./run-bench.js";

const help = `npm run bench [-- name …]

Measures each path beside a peer or a limit in the same run and prints the ratios; writes the same to
.tapebook/bench.json. Without names it runs all, each in a process of its own. The exit code is 0 whether or not goals
are met, 1 if a bench failed. Names: ${benchNames().join(", ")}.`;

const names = process.argv.slice(2);
const unknown = names.filter((name) => !benchNames().includes(name));
if (names.includes("--help")) {
  console.log(help);
} else if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(", ")}; there are ${benchNames().join(", ")}`);
  process.exitCode = 1;
} else {
  const machine = {at: new Date().toISOString(), node: process.version, cores: cpus().length, load: loadavg()[0]!};
  const rows: Row[] = [];
  for (const name of names.length > 0 ? names : benchNames()) {
    process.stderr.write(`${name} …\n`);
    try {
      rows.push(...(await runBench(name)));
    } catch (error) {
      console.error(String(error)); // what the others measured stands
      process.exitCode = 1;
    }
  }
  printRows(rows);
  console.log(`\nNode ${machine.node}, ${machine.cores} cores, load ${machine.load.toFixed(1)} at the start.`);
  if (machine.load > machine.cores / 2) console.log("The machine had other work: figures are worse than they need be.");
  mkdirSync(".tapebook", {recursive: true});
  writeFileSync(".tapebook/bench.json", JSON.stringify({...machine, rows}, null, 1));
}

function benchNames(): string[] {
  return globSync("*.bench.ts", {cwd: "test/bench"})
    .map((file) => file.replace(".bench.ts", ""))
    .sort();
}
