import {KiteTicker} from "kiteconnect";
import {createPacketColumns, decodeIntoColumns} from "../../services/sources/kite/packet-columns.js";
import {decodePackets, type KitePacket} from "../../services/sources/kite/packets.js";
import {encodePackets} from "../../services/sources/kite/packets-encode.js";
import {type Bench, compare, type Row} from "./measure.js";

const perFrame = 50;
const level = {quantity: 120, price: 1_412.95, orders: 3};
const five = [level, level, level, level, level];
const packet: KitePacket = {
  token: 408_065,
  mode: "full",
  lastPrice: 1_412.95,
  lastQuantity: 5,
  averagePrice: 1_412.47,
  volume: 7_360_198,
  buyQuantity: 0,
  sellQuantity: 5_191,
  open: 1_396,
  high: 1_421.75,
  low: 1_395.55,
  close: 1_389.65,
  lastTradeTime: 1_623_147_352_000,
  openInterest: 0,
  openInterestHigh: 0,
  openInterestLow: 0,
  exchangeTime: 1_623_147_356_000,
  bids: five,
  asks: five
};

/** Full packets of Kite's ticker, beside its official client. */
export default {
  name: "kite",
  async run(): Promise<readonly Row[]> {
    const frame = encodePackets(Array.from({length: perFrame}, () => packet));
    const official = officialClient();
    const columns = createPacketColumns(perFrame);
    const repeat = (times: number, work: () => unknown) => () => {
      for (let i = 0; i < times; ++i) work();
    };
    const theirs = repeat(20, () => official.parseBinary(frame));
    // Ours are timed over more frames than theirs: a round must last long enough to be measured.
    const [objectFrames, columnFrames] = [4_000, 20_000];
    const intoObjects = repeat(objectFrames, () => decodePackets(frame));
    const intoColumns = repeat(columnFrames, () => {
      columns.length = 0;
      decodeIntoColumns(frame, columns);
    });
    const pair = {unit: "ns/tick", peer: "kiteconnect", rounds: 7};
    return [
      perTick(
        await compare({...pair, path: "Kite packets into objects", ours: intoObjects, theirs, least: 1}),
        objectFrames,
        20,
        100
      ),
      perTick(
        await compare({...pair, path: "Kite packets into columns", ours: intoColumns, theirs, least: 1}),
        columnFrames,
        20,
        400
      )
    ];
  },
  check() {
    const frame = encodePackets([packet, {...packet, lastPrice: 1}]);
    const mine = decodePackets(frame).map(({token, lastPrice, volume}) => [token, lastPrice, volume].join());
    const theirs = officialClient()
      .parseBinary(frame)
      .map(({instrument_token, last_price, volume_traded}) => [instrument_token, last_price, volume_traded].join());
    if (mine.join("\n") !== theirs.join("\n")) throw new Error(`${theirs.join(" ")} is not ${mine.join(" ")}`);
  }
} satisfies Bench;

interface OfficialClient {
  parseBinary(frame: ArrayBuffer): {instrument_token: number; last_price: number; volume_traded: number}[];
}

function officialClient(): OfficialClient {
  return new KiteTicker({api_key: "", access_token: ""}) as unknown as OfficialClient;
}

/** A row of rounds of different lengths, by the tick. */
function perTick(row: Row, ourFrames: number, theirFrames: number, least: number): Row {
  const [ours, theirs] = [(row.ours * 1e6) / ourFrames / perFrame, (row.theirs * 1e6) / theirFrames / perFrame];
  const ratio = (row.ratio * ourFrames) / theirFrames;
  return {...row, ours, theirs, ratio, goal: `≥ ${least} × as fast`, isMet: ratio >= least};
}
