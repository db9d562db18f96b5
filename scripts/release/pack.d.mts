export interface PackedPackage {
  readonly path: string;
  readonly files: readonly { readonly path: string }[];
}
export function pack(name: string, folder: string, repository?: string): Promise<PackedPackage>;
