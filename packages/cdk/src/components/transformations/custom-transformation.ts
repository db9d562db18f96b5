import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customTransformation: Component<"transformation"> = custom("transformation", "CustomTransformation");
