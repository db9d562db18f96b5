/** A text that is no XML. */
export class XmlError extends Error {
  override readonly name = "XmlError";
}
