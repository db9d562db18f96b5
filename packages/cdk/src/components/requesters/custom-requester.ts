import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customRequester: Component<"requester"> = custom("requester", "CustomRequester");
