import { NoAnswer } from "./check-failure";
import type { Answer, RegistryClient } from "./registry-client";

/** Null when a Holdfast answers and is ready; otherwise what is wrong, in words that help. */
export async function probeInstance(client: RegistryClient, url: string): Promise<string | null> {
  try {
    return judge(await client.send("GET /readyz"), url);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const reason = error.message.replace(/^GET \/readyz: /, "");
    return `Nothing answers at ${url} (${reason}).\nIs Holdfast running? Start it with npm start, or name its address with --url or HOLDFAST_URL.`;
  }
}

function judge({ status, body }: Answer, url: string): string | null {
  const { status: state, code } = (typeof body === "object" ? body : null) as { status?: unknown; code?: unknown };
  if (status === 200 && state === "ok") return null;
  if (code === "host_not_allowed") {
    return `The Holdfast at ${url} does not answer under this host name.\nAdd the name to its HOLDFAST_ALLOWED_HOSTS, or use another address of it.`;
  }
  if (typeof code === "string")
    return `The Holdfast at ${url} is not ready: it answered ${String(status)} ${code}. Try again later.`;
  if (status === 401 || status === 403) {
    return `Something before ${url} asks who you are (${String(status)}).\nSend what it wants with --header, as in --header "Authorization: Bearer …".`;
  }
  return `What answers at ${url} is not Holdfast: GET /readyz answered ${String(status)}.\nName Holdfast's own address with --url or HOLDFAST_URL.`;
}
