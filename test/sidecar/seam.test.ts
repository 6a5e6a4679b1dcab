import {expect, it} from "vitest";
import {resampleBars} from "../../services/analytics/bars/resample-bars.js";
import {toBarSeries, toBars} from "../../services/domain/bar.js";
import {playSeamCase} from "./seam-case.js";
import {roundTheClock} from "./tape.js";

const cases = process.env["TAPEBOOK_VERIFY"] ? 1_500 : 120;

it(`the joined series is the tape's own bars, in ${cases} random lives of a page`, async () => {
  const said = {fromTicks: 0, healed: 0, corrected: 0, fives: 0};
  for (let seed = 1; seed <= cases; ++seed) {
    for (const {instrument, tapeBars, joined, fives, finals} of await playSeamCase(seed)) {
      expect(toBars(joined.bars), `seed ${seed}, ${instrument}`).toEqual(tapeBars);
      expect(joined.differences, `seed ${seed}, ${instrument}`).toEqual([]);
      const closed = fives.bars.length - (fives.forming ? 1 : 0);
      const whole = toBars(resampleBars(toBarSeries(tapeBars), "5m", roundTheClock));
      expect(toBars(fives.bars).slice(0, closed), `seed ${seed}, ${instrument}, 5m`).toEqual(whole);
      said.fives += closed;
      said.corrected += finals.filter(({corrects}) => corrects).length;
      for (const {healed} of finals) said[healed ? "healed" : "fromTicks"] += 1;
    }
  }
  // Both ways to a bar were walked: a sidecar that only asks history, or only hears ticks, proves nothing here.
  expect(said.fromTicks).toBeGreaterThan(3 * cases);
  expect(said.healed).toBeGreaterThan(3 * cases);
  expect(said.fives).toBeGreaterThan(3 * cases);
  expect(said.corrected).toBeGreaterThan(cases / 40);
}, 300_000);
