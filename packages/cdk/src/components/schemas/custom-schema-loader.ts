import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customSchemaLoader: Component<"schemaLoader"> = custom("schemaLoader", "CustomSchemaLoader");
