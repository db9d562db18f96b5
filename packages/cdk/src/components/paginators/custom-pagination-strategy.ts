import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customPaginationStrategy: Component<"paginationStrategy"> = custom(
  "paginationStrategy",
  "CustomPaginationStrategy",
);
