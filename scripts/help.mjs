export const HELP = `Holdfast: session registry and health dashboard for MCP servers

Usage: npm start            run Holdfast (builds it first when needed)
       npm run demo         run it with a real MCP server and real clients
       npm run dev          run it with hot reload
       npm run holdfast     check a running instance, rotate keys (-- --help)

Options of npm start, after --: --port, --host, --data-dir, --version, --help

Settings (environment variables)
  HOST                       address to listen on                              127.0.0.1
  PORT                       port to listen on, 0 for any free one             3738
  HOLDFAST_DATA_DIR          data folder; :memory: for a throw-away instance   ./data
  HOLDFAST_ALLOWED_HOSTS     host names besides loopback, comma-separated
  HOLDFAST_IDLE_TIMEOUT_MS   idle timeout of sessions that set none            1800000
  HOLDFAST_AGING_AFTER_MS    idle time after which a session is aging          300000
  HOLDFAST_STALE_AFTER_MS    idle time after which a session is stale          600000
  HOLDFAST_BOOT_GRACE_MS     grace for sessions that fell due while down       60000
  HOLDFAST_INSTANCE_LEASE_MS how long a server process may be silent           30000
  HOLDFAST_RECOVERY_WINDOW_MS
                             how long a disconnected session can come back     900000
  HOLDFAST_TOKEN_TTL_MS      how long a reconnect token is good                900000
  HOLDFAST_RETENTION_DAYS    days for which ended sessions are kept            30
  HOLDFAST_MAX_VIEWERS       connections to the live feed at one time          10000
  HOLDFAST_LOG_LEVEL         fatal, error, warn, info, debug, trace, silent    info
`;
