/** An error of a connection on which something came that is no HTTP. */
export const malformed = (message: string): Error => Object.assign(new Error(message), { code: "MALFORMED_ANSWER" });

/** What a connection ends with that was closed where more was to come. */
export const closedEarly = (): Error => Object.assign(new Error("the connection was closed"), { code: "ECONNRESET" });
