import { verify } from "hono/jwt";

/** Why a request may not be answered; undefined where it may. The same that the platform's manifest server asks for. */
export async function refusal(
  authorization: string | undefined,
  secret: string | undefined,
): Promise<string | undefined> {
  if (secret === undefined || secret === "") return undefined;
  const token = /^bearer\s+(\S+)\s*$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) return "Bearer token required";
  try {
    const { aud } = await verify(token, secret, "HS256");
    // A token that names those it is for names others: this server has no name.
    return aud === undefined || aud === "" ? undefined : "Invalid token";
  } catch {
    return "Invalid token"; // whatever is wrong with it
  }
}
