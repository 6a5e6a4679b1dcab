import type {Dataset} from "../../../services/domain/dataset.js";
import type {Deal} from "../../../services/domain/deal.js";
import {addMoney, type Money, toAmount} from "../../../services/domain/money.js";
import {dealsId, positionsId} from "../../../services/snapshots/dataset-id.js";
import {readDeals} from "../../../services/snapshots/read-deals.js";
import {readAccountState} from "../../../services/snapshots/read-positions.js";
import {openStore} from "../../../services/snapshots/store.js";
import type {Finding} from "./finding.js";

const area = "accounts";

/** Whether the deals of each account add up to the balance that its broker states. */
export async function checkAccounts(root: string, datasets: readonly Dataset[]): Promise<Finding[]> {
  const held = new Set(datasets.map(({id}) => id));
  const accounts = datasets.flatMap(({kind, account}) => (kind === "deals" && account !== undefined ? [account] : []));
  const findings = accounts
    .filter((account) => held.has(positionsId(account)))
    .map((account) => checkBalance(root, account));
  return (await Promise.all(findings)).flat();
}

async function checkBalance(root: string, account: string): Promise<Finding[]> {
  const store = openStore(root);
  const deals = await readDeals((await store.read(dealsId(account))).bytes);
  const state = readAccountState((await store.read(positionsId(account))).bytes);
  if (state === undefined || deals.length === 0) return [];
  const sum = deals.map(netOf).reduce(addMoney);
  const isWhole = sum.minor === state.balance.minor && sum.currency === state.balance.currency;
  if (isWhole)
    return [{area, severity: "ok", what: `${account}: ${deals.length} deals add up to the balance its broker states`}];
  const what = `${account}: its deals add up to ${format(sum)}, its broker states a balance of ${format(state.balance)}`;
  return [
    {
      area,
      severity: "warning",
      what,
      remedy: "ask for more history (historyDays), if the account is older than its first deal here"
    }
  ];
}

function netOf({profit, commission, swap, fee}: Deal): Money {
  return [profit, commission, swap, fee].reduce(addMoney);
}

function format(money: Money): string {
  return `${toAmount(money).toLocaleString("en-US", {minimumFractionDigits: 2})} ${money.currency}`;
}
