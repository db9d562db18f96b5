import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customRecordExtractor: Component<"extractor"> = custom("extractor", "CustomRecordExtractor");
