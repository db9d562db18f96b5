import { JsonError } from "../json/json-error.ts";
import { parseJson } from "../json/parse.ts";
import { typeError, valueError } from "./failure.ts";
import { callMethod, method } from "./value/call.ts";
import { isText, typeName } from "./value/kind.ts";
import { str } from "./value/text.ts";
import { Callable } from "./value/value.ts";

const loads = method<null>(
  1,
  1,
  (_self, text) => {
    if (!isText(text)) {
      throw typeError(
        `the JSON object must be str, bytes or bytearray, not ${text === undefined ? "nothing" : typeName(text)}`,
      );
    }
    try {
      return parseJson(str(text));
    } catch (error) {
      throw error instanceof JsonError ? valueError(error.message) : error;
    }
  },
  ["s"],
);

/** The function `json_loads`, which some contexts give to templates. */
export const jsonLoads: Callable = new Callable("json_loads", (positional, named) =>
  callMethod("json_loads", loads, null, positional, named),
);
