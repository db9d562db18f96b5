import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customRetriever: Component<"retriever"> = custom("retriever", "CustomRetriever");
