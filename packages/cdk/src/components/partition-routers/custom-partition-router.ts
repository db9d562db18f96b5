import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customPartitionRouter: Component<"partitionRouter"> = custom("partitionRouter", "CustomPartitionRouter");
