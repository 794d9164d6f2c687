import { workSteadily } from "./behaviours";
import { liveOn } from "./live-on";

// An orphan has nobody left to kill it.
process.on("disconnect", () => process.exit(0));

await liveOn({
  url: new URL(process.argv[2] ?? "http://127.0.0.1:3740/mcp"),
  profile: { name: "rusty-agent", version: "0.3.0" },
  behaviour: workSteadily,
  signal: new AbortController().signal,
});
