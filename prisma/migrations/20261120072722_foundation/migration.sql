-- CreateTable
CREATE TABLE "Server" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Session" (
    "pk" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "serverId" INTEGER NOT NULL,
    "serverVersion" TEXT,
    "instanceId" TEXT,
    "clientId" TEXT,
    "clientName" TEXT,
    "clientInfo" TEXT,
    "capabilities" TEXT,
    "protocolVersion" TEXT,
    "transport" TEXT,
    "principal" TEXT,
    "mcpServers" TEXT NOT NULL,
    "labels" TEXT NOT NULL,
    "idleTimeoutMs" BIGINT NOT NULL,
    "lifetimeMs" BIGINT,
    "status" TEXT NOT NULL,
    "endReason" TEXT,
    "endDetail" TEXT,
    "createdAt" BIGINT NOT NULL,
    "endedAt" BIGINT,
    "reconnectCount" INTEGER NOT NULL DEFAULT 0,
    "messageCount" INTEGER NOT NULL DEFAULT 0,
    "stateVersion" INTEGER NOT NULL DEFAULT 0,
    "supersedes" TEXT,
    "supersededBy" TEXT,
    "idempotencyKey" TEXT,
    "idempotencyHash" TEXT,
    CONSTRAINT "Session_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "Server" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SessionActivity" (
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
    CONSTRAINT "SessionActivity_sessionPk_fkey" FOREIGN KEY ("sessionPk") REFERENCES "Session" ("pk") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SessionEvent" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sessionPk" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "reason" TEXT,
    "data" TEXT,
    CONSTRAINT "SessionEvent_sessionPk_fkey" FOREIGN KEY ("sessionPk") REFERENCES "Session" ("pk") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Command" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "type" TEXT NOT NULL,
    "sessionPk" INTEGER NOT NULL,
    "serverId" INTEGER NOT NULL,
    "instanceId" TEXT,
    "reason" TEXT,
    "createdAt" BIGINT NOT NULL,
    "acknowledgedAt" BIGINT,
    CONSTRAINT "Command_sessionPk_fkey" FOREIGN KEY ("sessionPk") REFERENCES "Session" ("pk") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RegistryRun" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "startedAt" BIGINT NOT NULL,
    "lastSeenAt" BIGINT NOT NULL,
    "stoppedAt" BIGINT
);

-- CreateIndex
CREATE UNIQUE INDEX "Server_name_key" ON "Server"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Session_id_key" ON "Session"("id");

-- CreateIndex
CREATE UNIQUE INDEX "Session_idempotencyKey_key" ON "Session"("idempotencyKey");

-- CreateIndex
CREATE INDEX "Session_status_pk_idx" ON "Session"("status", "pk");

-- CreateIndex
CREATE INDEX "Session_serverId_pk_idx" ON "Session"("serverId", "pk");

-- CreateIndex
CREATE INDEX "Session_endedAt_idx" ON "Session"("endedAt");

-- CreateIndex
CREATE INDEX "SessionActivity_nextCheckAt_idx" ON "SessionActivity"("nextCheckAt");

-- CreateIndex
CREATE INDEX "SessionEvent_sessionPk_seq_idx" ON "SessionEvent"("sessionPk", "seq");

-- CreateIndex
CREATE INDEX "SessionEvent_at_idx" ON "SessionEvent"("at");

-- CreateIndex
CREATE INDEX "Command_acknowledgedAt_createdAt_idx" ON "Command"("acknowledgedAt", "createdAt");

-- CreateIndex
CREATE INDEX "Command_sessionPk_idx" ON "Command"("sessionPk");
