import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customValidationStrategy: Component<"validationStrategy"> = custom(
  "validationStrategy",
  "CustomValidationStrategy",
);
