import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import pg from "pg";
import {expect, it} from "vitest";
import {demoCalendars} from "../../services/demo/calendars.js";
import {startPostgres} from "../../services/demo/postgres.js";
import {fillStore} from "../../services/demo/store.js";
import {createTape} from "../../services/demo/tape/tape.js";
import {toBarSeries} from "../../services/domain/bar.js";
import {insertBars} from "../../services/sources/postgres/insert-bars.js";

const NOW = Date.UTC(2026, 10, 18, 6, 30);
const MINUTE = 60_000;

it("fillStore drops live bars after its clock, and all of them where the tape is another", async () => {
  const dir = mkdtempSync(join(tmpdir(), "stale-"));
  const server = await startPostgres({dir});
  const client = new pg.Client({connectionString: server.url});
  try {
    const calendars = demoCalendars();
    const tape = createTape({seed: 7, calendars});
    await fillStore(server.url, tape, NOW, false);
    await client.connect();
    const one = {open: 1, high: 1, low: 1, close: 1, volume: 1};
    const live = [-2, -1, 1, 2].map((minute) => ({...one, time: NOW + minute * MINUTE}));
    await insertBars(client, "MT5:EURUSD", "1m", toBarSeries(live));
    const count = async () => {
      const {rows} = await client.query<{n: number}>(
        "select count(*)::int as n from ohlc_bars where contract_id = 'MT5:EURUSD'"
      );
      return rows[0]!.n;
    };
    await fillStore(server.url, tape, NOW, false);
    expect(await count()).toBe(2);
    await fillStore(server.url, createTape({seed: 8, calendars}), NOW, false);
    expect(await count()).toBe(0);
  } finally {
    await client.end();
    await server.stop();
    rmSync(dir, {recursive: true, force: true});
  }
}, 60_000);
