import type { Client } from "./connection";
import type { SessionWrite } from "./statement";

/** How the parts of the store reach the database: writes through the one queue, reads beside it. */
export interface StoreAccess {
  /** The one connection that writes; statements are made on it and carried out by the queue. */
  writer: Client;
  submit: <Operation, Result>(write: SessionWrite<Operation, Result>, operation: Operation) => Promise<Result>;
  /** Reads committed data; fails with the store's own errors. */
  read: <Result>(query: (client: Client) => PromiseLike<Result>) => Promise<Result>;
}
