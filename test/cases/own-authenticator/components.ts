import { createHmac } from "node:crypto";
import { component, type Component } from "ferry-cdk";

/** Signs each request by its path and query. */
export const signedAuthenticator: Component = component({
  kind: "authenticator",
  type: "SignedAuthenticator",
  schema: (_, z) => z.object({ key: z.string(), secret: z.string() }),
  create(spec, scope) {
    const key = scope.text(spec.key);
    const secret = scope.text(spec.secret);
    return {
      async apply(request) {
        const { pathname, search } = new URL(request.url);
        const signature = createHmac("sha256", secret({})).update(`${pathname}${search}`).digest("hex");
        return { ...request, headers: { ...request.headers, "X-Key": key({}), "X-Signature": signature } };
      },
    };
  },
});
