import { createGuardedAdapter } from "./guarded-adapter";
import { PrismaClient } from "./generated/client";

export type Client = PrismaClient;

/** Opens the database file with the durability settings asserted. */
export async function openConnection(path: string): Promise<Client> {
  const client = new PrismaClient({ adapter: createGuardedAdapter(path), log: [] });
  await client.$connect();
  return client;
}
