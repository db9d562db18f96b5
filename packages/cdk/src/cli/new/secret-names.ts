const SECRET =
  /(?:^|[-_.])(?:api[-_]?key|apikey|access[-_]?key|key|token|secret|auth|authorization|password|passwd|pwd|session(?:id)?|sid|signature|sig|credential|credentials|jwt|csrf|xsrf)(?:$|[-_.])/i;

/** Whether what has this name is likely a secret. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name.replace(/([a-z])([A-Z])/g, "$1-$2"));
}

/** The same of what stands in a query or an answer, where a token may be one that pages go by. */
export function isSecretParameter(name: string): boolean {
  return isSecretName(name) && !/page|next|cursor|continuation|sync/i.test(name);
}

/** Whether a text looks like a token: long, of letters and digits mixed, and no word, id or date. */
export function isOpaque(text: string): boolean {
  if (!/^[\w.~+/=:-]{20,}$/.test(text) || /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)) return false;
  return /\d/.test(text) && /[A-Za-z]/.test(text) && !/^\d{4}-\d{2}-\d{2}/.test(text);
}
