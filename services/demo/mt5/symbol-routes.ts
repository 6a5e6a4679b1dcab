import {priceDecimals} from "../../domain/instrument.js";
import type {VenueReply} from "../venue/http.js";
import {tickRow} from "./bar-routes.js";
import {answer, type BridgeState, refuse, symbolTape} from "./bridge-state.js";

/** `GET /symbol_info/{s}`: the terminal's struct, as far as it matters. */
export function symbolInfo(state: BridgeState, symbol: string): VenueReply {
  const tape = symbolTape(state, symbol);
  if (!tape) return refuse(404, `Failed to get symbol info for ${symbol}`);
  const {spec} = tape;
  const tick = tape.tickAt(state.now);
  const perTick = spec.tickSize * spec.contractSize;
  const tickValue = spec.currency === "USD" ? perTick : perTick / (tick?.bid ?? 1);
  const point = spec.tickSize;
  return answer({
    ...{name: symbol, description: spec.name, digits: priceDecimals(point), point, spread: spec.spreadSteps},
    ...{trade_tick_size: point, trade_tick_value: tickValue, trade_contract_size: spec.contractSize, trade_mode: 4},
    ...{volume_min: 0.01, volume_max: 100, volume_step: 0.01, swap_mode: 1, swap_rollover3days: 3, visible: true},
    ...{currency_base: symbol.slice(0, 3), currency_profit: spec.currency, currency_margin: symbol.slice(0, 3)},
    ...{bid: tick?.bid ?? 0, ask: tick?.ask ?? 0, last: 0, time: tick ? state.clock.write(tick.time) : 0},
    ...{path: spec.assetClass === "metal" ? `Metals\\${symbol}` : `Forex\\${symbol}`}
  });
}

/** `GET /symbol_info_tick/{s}`: the last tick. */
export function symbolTick(state: BridgeState, symbol: string): VenueReply {
  const tick = symbolTape(state, symbol)?.tickAt(state.now);
  return tick ? answer(tickRow(state, tick)) : refuse(404, `Failed to get symbol info tick for ${symbol}`);
}
