import {parseArgs} from "node:util";
import {runLoad} from "./load-run.js";

const help = `npx tsx test/load/main.ts [options]

Holds many clients of fifty symbols for a while and prints latency, memory and processor time.

  --clients N   500      --pages N    of them, measuring: 10
  --ticks N     500 a second, all symbols together
  --seconds N   600`;

const text = (value: string) => ({type: "string", default: value}) as const;
const {values} = parseArgs({
  options: {clients: text("500"), pages: text("10"), ticks: text("500"), seconds: text("600"), help: {type: "boolean"}}
});
if (values.help) console.log(help);
else {
  const result = await runLoad({
    ...{clients: Number(values.clients), pages: Number(values.pages)},
    ...{ticksPerSecond: Number(values.ticks), seconds: Number(values.seconds)},
    onSample: ({told, cpuMs, rssBytes, bufferedBytes}) =>
      console.error(
        `${told} ticks, ${cpuMs.toFixed(0)} ms, ${(rssBytes / 1e6).toFixed(0)} MB, ${bufferedBytes} waiting`
      )
  });
  console.log(JSON.stringify(result, null, 1));
}
