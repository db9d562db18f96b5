import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customBackoffStrategy: Component<"backoffStrategy"> = custom("backoffStrategy", "CustomBackoffStrategy");
