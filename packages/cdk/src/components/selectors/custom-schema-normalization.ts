import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customSchemaNormalization: Component<"schemaNormalization"> = custom(
  "schemaNormalization",
  "CustomSchemaNormalization",
);
