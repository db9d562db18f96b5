import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customStateMigration: Component<"stateMigration"> = custom("stateMigration", "CustomStateMigration");
