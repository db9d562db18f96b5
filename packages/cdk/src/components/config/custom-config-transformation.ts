import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customConfigTransformation: Component<"configTransformation"> = custom(
  "configTransformation",
  "CustomConfigTransformation",
);
