import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customAuthenticator: Component<"authenticator"> = custom("authenticator", "CustomAuthenticator");
