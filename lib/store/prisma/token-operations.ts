import type { TokenReuse, TokenStore } from "../token-store";
import type { AddressedCommand, SessionOwner } from "./open-commands";
import { findToken } from "./reads/find-token";
import type { StoreAccess } from "./store-access";
import { issueTokensWrite } from "./writes/issue-tokens";
import { punishReuseWrite, REUSE_DETAIL } from "./writes/punish-reuse";
import { purgeTokensWrite } from "./writes/purge-tokens";
import { redeemTokensWrite } from "./writes/redeem-tokens";

export interface TokenListeners {
  /** Another instance may have the session now. */
  onOwnerChanged: (sessionId: string) => void;
  /** An MCP server has to be told of a termination. */
  onCommand: (command: AddressedCommand) => void;
}

/** The part of the store that knows reconnect tokens. */
export function tokenOperations(
  { writer, submit, read }: StoreAccess,
  { onOwnerChanged, onCommand }: TokenListeners,
): TokenStore {
  const issue = issueTokensWrite(writer);
  const redeem = redeemTokensWrite(writer);
  const punish = punishReuseWrite(writer);
  const purge = purgeTokensWrite(writer);
  return {
    issueToken: (input) => submit(issue, input),
    redeemToken: async (input) => {
      const result = await submit(redeem, input);
      if (result.outcome === "won") onOwnerChanged(input.sessionId);
      return result;
    },
    punishReuse: async (input) => {
      const result = await submit(punish, input);
      if (result.outcome === "won" && result.isCommanded) onCommand(toCommand(input, result.session));
      return { outcome: result.outcome };
    },
    findToken: (hash) => read((client) => findToken(client, hash)),
    purgeTokens: async (expiredBefore, limit) => {
      const due = await read(
        (client) =>
          client.$queryRaw<unknown[]>`SELECT 1 FROM "ReconnectToken" WHERE "expiresAt" < ${expiredBefore} LIMIT 1`,
      );
      return due.length === 0 ? 0 : submit(purge, { expiredBefore, limit });
    },
  };
}

function toCommand({ commandId, sessionId, now }: TokenReuse, owner: SessionOwner): AddressedCommand {
  return { id: commandId, type: "terminate", sessionId, reason: REUSE_DETAIL, owner, createdAt: now };
}
