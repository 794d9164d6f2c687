import { describe } from "vitest";
import { endContract, updateContract } from "./contract/changes-and-ends";
import { creationContract } from "./contract/creation";
import { expiryContract } from "./contract/expiry";
import { movedDeadlineContract } from "./contract/moved-deadlines";
import { filterContract, pagingContract } from "./contract/listing";
import { longListContract } from "./contract/long-lists";
import { projectionContract } from "./contract/projection";
import { commandContract, eventContract, lifeContract, retentionContract } from "./contract/records";
import { logContract } from "./contract/log";
import { claimContract, instanceContract, ownershipContract } from "./contract/instances";
import { heartbeatBatchContract, heartbeatContract } from "./contract/heartbeats";
import type { OpenFreshStore } from "./contract/store-fixture";
import { tokenInstanceContract, tokenReuseContract } from "./contract/token-owners";
import { tokenIssueContract, tokenRedemptionContract } from "./contract/tokens";

/** What every session store must do, whatever it stores in. */
export function describeSessionStore(openFresh: OpenFreshStore): void {
  const contracts = {
    creation: creationContract,
    heartbeats: heartbeatContract,
    "heartbeats that meet": heartbeatBatchContract,
    updates: updateContract,
    ends: endContract,
    expiry: expiryContract,
    "moved deadlines": movedDeadlineContract,
    retention: retentionContract,
    events: eventContract,
    log: logContract,
    commands: commandContract,
    life: lifeContract,
    filters: filterContract,
    paging: pagingContract,
    "long lists": longListContract,
    instances: instanceContract,
    ownership: ownershipContract,
    claims: claimContract,
    projection: projectionContract,
    "issued tokens": tokenIssueContract,
    "redeemed tokens": tokenRedemptionContract,
    "tokens and instances": tokenInstanceContract,
    "tokens that come back": tokenReuseContract,
  };
  for (const [topic, contract] of Object.entries(contracts)) {
    describe(topic, () => {
      contract(openFresh);
    });
  }
}
