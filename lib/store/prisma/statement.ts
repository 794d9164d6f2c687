import type { Prisma } from "./generated/client";
import type { WriteKind } from "./write-queue";

/** A statement that a transaction carries out; answers rows. */
export type Statement = Prisma.PrismaPromise<unknown[]>;

export type SessionWrite<Operation, Result> = WriteKind<Operation, Result, Statement>;
