-- AlterTable
ALTER TABLE "Command" ADD COLUMN "outcome" TEXT;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN "instancePk" INTEGER;
ALTER TABLE "Session" ADD COLUMN "tokenExpiresAt" BIGINT;

-- CreateTable
CREATE TABLE "Instance" (
    "pk" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "bootId" TEXT NOT NULL,
    "serverId" INTEGER NOT NULL,
    "serverVersion" TEXT,
    "host" TEXT,
    "pid" INTEGER,
    "sdk" TEXT,
    "protocolVersions" TEXT NOT NULL,
    "startedAt" BIGINT NOT NULL,
    "registeredAt" BIGINT NOT NULL,
    "leaseMs" BIGINT NOT NULL,
    "lastHeartbeatAt" BIGINT NOT NULL,
    "leaseExpiresAt" BIGINT,
    "status" TEXT NOT NULL,
    "endedAt" BIGINT,
    "drainingSince" BIGINT,
    "drainDeadlineAt" BIGINT,
    CONSTRAINT "Instance_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "Server" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ReconnectToken" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "sessionPk" INTEGER NOT NULL,
    "jti" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "issuedAt" BIGINT NOT NULL,
    "expiresAt" BIGINT NOT NULL,
    "redeemedAt" BIGINT,
    "successor" TEXT,
    "revokedAt" BIGINT,
    CONSTRAINT "ReconnectToken_sessionPk_fkey" FOREIGN KEY ("sessionPk") REFERENCES "Session" ("pk") ON DELETE CASCADE ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_SessionActivity" (
    "sessionPk" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "lastActivityAt" BIGINT NOT NULL,
    "lastHeartbeatAt" BIGINT,
    "inFlight" INTEGER NOT NULL DEFAULT 0,
    "requestCount" BIGINT NOT NULL DEFAULT 0,
    "errorCount" BIGINT NOT NULL DEFAULT 0,
    "idleTimeoutMs" BIGINT NOT NULL,
    "lifetimeEndsAt" BIGINT,
    "deadlineAt" BIGINT NOT NULL,
    "nextCheckAt" BIGINT,
    "disconnectedAt" BIGINT,
    "instancePk" INTEGER,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "SessionActivity_sessionPk_fkey" FOREIGN KEY ("sessionPk") REFERENCES "Session" ("pk") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_SessionActivity" ("deadlineAt", "errorCount", "idleTimeoutMs", "inFlight", "lastActivityAt", "lastHeartbeatAt", "lifetimeEndsAt", "nextCheckAt", "requestCount", "sessionPk") SELECT "deadlineAt", "errorCount", "idleTimeoutMs", "inFlight", "lastActivityAt", "lastHeartbeatAt", "lifetimeEndsAt", "nextCheckAt", "requestCount", "sessionPk" FROM "SessionActivity";
DROP TABLE "SessionActivity";
ALTER TABLE "new_SessionActivity" RENAME TO "SessionActivity";
CREATE INDEX "SessionActivity_nextCheckAt_idx" ON "SessionActivity"("nextCheckAt");
CREATE INDEX "SessionActivity_instancePk_idx" ON "SessionActivity"("instancePk");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Instance_leaseExpiresAt_idx" ON "Instance"("leaseExpiresAt");

-- CreateIndex
CREATE INDEX "Instance_endedAt_idx" ON "Instance"("endedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Instance_id_bootId_key" ON "Instance"("id", "bootId");

-- CreateIndex
CREATE INDEX "ReconnectToken_sessionPk_idx" ON "ReconnectToken"("sessionPk");

-- CreateIndex
CREATE INDEX "ReconnectToken_expiresAt_idx" ON "ReconnectToken"("expiresAt");
