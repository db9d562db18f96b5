import { arch } from "node:process";
import { configError } from "../../errors.ts";
import type { Platform } from "./blob.ts";

/** The platform of this machine, as images name it; its system is always Linux. */
export const hostPlatform = (): Platform => ({ os: "linux", architecture: arch === "x64" ? "amd64" : arch });

/** @throws a config error where it is no platform, such as `linux/amd64` */
export function parsePlatform(text: string): Platform {
  const [os, architecture, variant, ...rest] = text.trim().split("/");
  if (os !== "linux" || architecture === undefined || architecture === "" || rest.length > 0) {
    throw configError(
      `--platform ${text} is no platform of an image: write linux/amd64, linux/arm64, or both with a comma.`,
    );
  }
  return { os, architecture, ...(variant === undefined ? {} : { variant }) };
}

export const platformName = ({ os, architecture, variant }: Platform): string =>
  [os, architecture, ...(variant === undefined ? [] : [variant])].join("/");

/** Whether an image for the one runs where the other is asked for: a variant that nobody asks for does not count. */
export const isPlatform = (wanted: Platform, found: Platform | undefined): boolean =>
  found?.os === wanted.os &&
  found.architecture === wanted.architecture &&
  (wanted.variant === undefined || wanted.variant === found.variant);
