export const COMMAND_OUTCOMES = ["done", "unknown_session", "failed"] as const;
/** What an MCP server answers to a command: carried out, not its session, or not able to. */
export type CommandOutcome = (typeof COMMAND_OUTCOMES)[number];
