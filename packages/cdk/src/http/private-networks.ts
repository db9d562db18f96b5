import { lookup, type LookupAddress } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { configError } from "../errors.ts";

const networks = new BlockList();
for (const network of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 29],
  ["192.0.0.170", 31],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["240.0.0.0", 4],
] as const) {
  networks.addSubnet(network[0], network[1]);
}
for (const network of [
  ["::", 128],
  ["::1", 128],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["fc00::", 7],
  ["fe80::", 10],
] as const) {
  networks.addSubnet(network[0], network[1], "ipv6");
}

/** Whether an address is no public one: of this machine, of a local network, or reserved. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  return networks.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
}

/** @throws a config error where the host is a private address by itself; names are looked at when they are resolved */
export function refusePrivateHost(host: string): void {
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw refusal(host);
}

/** Resolves names for a connection, and refuses those that stand for a private address. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses;
    if (error !== null || first === undefined) callback(error, [], 0);
    else if (addresses.some(({ address }) => isPrivateAddress(address))) callback(refusal(hostname), [], 0);
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

const refusal = (host: string): Error =>
  configError(`The host "${host}" belongs to a private network. Only public endpoints can be read from here.`, {
    code: "private-network",
  });
