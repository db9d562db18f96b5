import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customDecoder: Component<"decoder"> = custom("decoder", "CustomDecoder");
