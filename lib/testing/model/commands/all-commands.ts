import type { Arbitrary } from "fast-check";
import { batchBeatCommand, beatCommand, instanceBeatCommand } from "./beat-commands";
import { claimCommand, drainCommand, registerCommand, stopCommand } from "./instance-commands";
import type { ModelCommand } from "./model-command";
import {
  appendCommand,
  closeCommand,
  createCommand,
  disconnectCommand,
  patchStateCommand,
  putStateCommand,
  renewCommand,
  retryCreateCommand,
  terminateCommand,
  updateCommand,
} from "./session-commands";
import {
  crashCommand,
  loseInstanceCommand,
  restartCommand,
  sweepCommand,
  waitCommand,
  waitForMomentCommand,
} from "./time-commands";
import { issueTokenCommand, reconnectCommand, replayCommand } from "./token-commands";

/** Named more than once: as often as it is likelier to be drawn. */
export const ALL_COMMANDS: Arbitrary<ModelCommand>[] = [
  ...[createCommand, createCommand, createCommand, createCommand, retryCreateCommand],
  ...[updateCommand, putStateCommand, patchStateCommand, appendCommand],
  ...[beatCommand, beatCommand, batchBeatCommand, instanceBeatCommand, instanceBeatCommand],
  ...[registerCommand, registerCommand, registerCommand, loseInstanceCommand, loseInstanceCommand],
  ...[stopCommand, drainCommand, disconnectCommand, disconnectCommand, claimCommand, claimCommand],
  ...[issueTokenCommand, issueTokenCommand, issueTokenCommand, reconnectCommand, reconnectCommand, reconnectCommand],
  ...[replayCommand, renewCommand, renewCommand, terminateCommand, closeCommand],
  ...[waitCommand, waitForMomentCommand, waitForMomentCommand, waitForMomentCommand, sweepCommand, sweepCommand],
  ...[restartCommand, crashCommand],
];
