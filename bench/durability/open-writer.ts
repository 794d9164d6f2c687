import { HttpConnection } from "../load/http-connection";
import type { Account, Ledger } from "./ledger";
import type { Random } from "./random";
import { Writer } from "./writer";

export interface OpenWriter {
  url: string;
  /** Begins the ids of what it makes: no two writers of a test share it. */
  name: string;
  ledger: Ledger;
  account: Account;
  random: Random;
}

export async function openWriter({ url, ...options }: OpenWriter): Promise<Writer> {
  const connections = [await HttpConnection.open(url), await HttpConnection.open(url)] as const;
  return new Writer({ ...options, connections });
}
