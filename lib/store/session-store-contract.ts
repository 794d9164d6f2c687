import { describe } from "vitest";
import { endContract, updateContract } from "./contract/changes-and-ends";
import { creationContract } from "./contract/creation";
import { expiryContract } from "./contract/expiry";
import { movedDeadlineContract } from "./contract/moved-deadlines";
import { filterContract, pagingContract } from "./contract/listing";
import { projectionContract } from "./contract/projection";
import { commandContract, eventContract, lifeContract, retentionContract } from "./contract/records";
import { heartbeatBatchContract, heartbeatContract } from "./contract/heartbeats";
import type { OpenFreshStore } from "./contract/store-fixture";

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
    commands: commandContract,
    life: lifeContract,
    filters: filterContract,
    paging: pagingContract,
    projection: projectionContract,
  };
  for (const [topic, contract] of Object.entries(contracts)) {
    describe(topic, () => {
      contract(openFresh);
    });
  }
}
