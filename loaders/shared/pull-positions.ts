import type {AccountState} from "../../services/domain/position.js";
import {positionsId} from "../../services/snapshots/dataset-id.js";
import {type AccountPicture, encodePositions} from "../../services/snapshots/encode-positions.js";
import {readAccountState, readPositions, readStatedFigures} from "../../services/snapshots/read-positions.js";
import type {AccountSource} from "../../services/sources/account-source.js";
import type {AccountPull} from "../../services/sources/settings/settings.js";
import {commit, originOf} from "./commit.js";
import {heldHistory, type PullContext, type Pulled} from "./pull.js";
import {currencyOf} from "./pull-deals.js";

/**
 * Takes what an account has open, its balance and equity, and what its report states of itself.
 * A picture that differs from the one that stands only by the time at which it was taken is not new.
 *
 * @throws {SourceError} if the source fails; what stood still stands then
 */
export async function pullPositions(wanted: AccountPull, source: AccountSource, context: PullContext): Promise<Pulled> {
  const started = context.now();
  const id = positionsId(wanted.id);
  const held = await heldHistory(context, id);
  const picture: AccountPicture = {
    positions: await source.positions(context.signal),
    state: await source.state(context.signal),
    stated: await source.stated?.(context.signal)
  };
  const same = held !== undefined && !context.anew(id) && sight(picture) === sight(await pictureIn(held.bytes));
  const time = same ? held.dataset.lastTime : (picture.state?.time ?? started);
  return commit(context, {
    facts: {
      id,
      kind: "positions",
      account: wanted.id,
      ...originOf(context, wanted.source),
      firstTime: time,
      lastTime: time,
      rows: picture.positions.length,
      coverage: [],
      gaps: [],
      offSession: {preOpen: 0, postClose: 0, closedDay: 0},
      duplicatesDropped: 0,
      restatements: [],
      warnings: []
    },
    held: held?.dataset,
    hasSameRows: same,
    added: 0,
    started,
    notices: [],
    encode: (lineage) => encodePositions(picture, {id, lineage, ...currencyOf(context, wanted.id)})
  });
}

async function pictureIn(bytes: ArrayBuffer): Promise<AccountPicture> {
  return {positions: await readPositions(bytes), state: readAccountState(bytes), stated: readStatedFigures(bytes)};
}

function sight({positions, state, stated}: AccountPicture): string {
  const worth = ({currency, balance, equity}: AccountState) => [currency, balance.minor, equity.minor];
  const rows = positions.map((each) => Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify([rows, state ? worth(state) : null, stated ?? null]);
}
