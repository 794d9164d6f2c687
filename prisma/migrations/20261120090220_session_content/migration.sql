-- CreateTable
CREATE TABLE "SessionState" (
    "sessionPk" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "version" INTEGER NOT NULL,
    "json" TEXT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    CONSTRAINT "SessionState_sessionPk_fkey" FOREIGN KEY ("sessionPk") REFERENCES "Session" ("pk") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Message" (
    "sessionPk" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "messageId" TEXT,
    "role" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,

    PRIMARY KEY ("sessionPk", "seq"),
    CONSTRAINT "Message_sessionPk_fkey" FOREIGN KEY ("sessionPk") REFERENCES "Session" ("pk") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Message_sessionPk_messageId_key" ON "Message"("sessionPk", "messageId");
