/** Headers whose whole value is a secret, or may be. */
const SECRET =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|x-[\w-]*(?:key|token|secret|auth)[\w-]*|api-?key|access-?token)$/i;

export const isSecretHeader = (name: string): boolean => SECRET.test(name);
