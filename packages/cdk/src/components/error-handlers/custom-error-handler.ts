import type { Component } from "../../component.ts";
import { custom } from "../custom.ts";

export const customErrorHandler: Component<"errorHandler"> = custom("errorHandler", "CustomErrorHandler");
