import {subProtocols} from "../../services/domain/tick-frame.js";
import {tokenProtocol} from "../../services/domain/token-protocol.js";

/**
 * The sub-protocols that a client offers: ticks as bytes, else JSON, and its token.
 *
 * @param isBinaryBorne whether the line bears sub-protocols; where it does not, only the token is offered
 */
export function offersOf(token: string | undefined, isBinaryBorne: boolean): string[] {
  const borne = token === undefined ? [] : [subProtocols.json, tokenProtocol(token)];
  return isBinaryBorne ? [...new Set([subProtocols.ticks, subProtocols.json, ...borne])] : borne;
}
