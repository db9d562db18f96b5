import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customRecordFilter: Component<"recordFilter"> = custom("recordFilter", "CustomRecordFilter");
