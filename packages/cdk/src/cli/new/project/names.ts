import { randomUUID } from "node:crypto";
import { configError } from "../../../errors.ts";
import { snakeCase } from "../draft.ts";

/** A connector's names in all the forms that its files need. */
export interface Names {
  /** Such as `source-shop-orders`: of the folder, the package and the image. */
  readonly name: string;
  /** Such as `Shop Orders`. */
  readonly title: string;
  /** A new one each time: by it a registry knows the connector. */
  readonly definitionId: string;
}

/** Throws a config error that says what would be right. */
export function namesOf(name: string): Names {
  if (!/^source-[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) || name.length > 100) {
    const plain = snakeCase(name.replace(/^source[-_ ]?/i, "")).replaceAll("_", "-");
    const right = plain === "" ? "source-example" : `source-${plain}`;
    throw configError(
      `${JSON.stringify(name)} is no name of a source: "source-", then lower-case words and numbers with hyphens between them, such as ${right}.`,
      { code: "invalid-name" },
    );
  }
  const words = name.replace(/^source-/, "").split("-");
  const title = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
  return { name, title, definitionId: randomUUID() };
}
