// Where pictures may be fetched from. Addresses come from outside, also in signed events (a shared link has one that the citizen
// chose): nothing beyond the list is ever asked, and nothing inside our own network.
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';

/**
 * What may be asked: a domain (`zdn.vn`, with what lies under it; https on its own port, public addresses only) or a whole origin
 * that an operator named (`http://127.0.0.1:4000`, exactly that).
 */
export type MediaHosts = readonly string[];

export interface AllowedAddress {
  url: URL;
  /** Named whole by an operator: may lie in our own network. */
  trusted: boolean;
}

/** Undefined refuses. A domain's `http:` becomes `https:`. */
export function allowedAddress(address: string | URL, hosts: MediaHosts): AllowedAddress | undefined {
  if (!URL.canParse(String(address))) return undefined;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return undefined;
  if (hosts.includes(url.origin)) return { url, trusted: true };
  if (url.protocol === 'http:' && url.port === '') url.protocol = 'https:';
  if (url.protocol !== 'https:' || url.port !== '') return undefined;
  const name = url.hostname.replace(/\.$/, '');
  const known = hosts.some((host) => !host.includes(':') && (name === host || name.endsWith(`.${host}`)));
  return known ? { url, trusted: false } : undefined;
}

/** IANA's special-purpose registries, as far as they are not the public internet. */
const PRIVATE_V4 = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  PRIVATE_V4.addSubnet(net, bits, 'ipv4');

/** Of IPv6 only global unicast is public, without what wraps IPv4 or is for documents. */
const PUBLIC_V6 = new BlockList();
PUBLIC_V6.addSubnet('2000::', 3, 'ipv6');
const WRAPPED_V6 = new BlockList();
WRAPPED_V6.addSubnet('2001::', 23, 'ipv6');
WRAPPED_V6.addSubnet('2001:db8::', 32, 'ipv6');
WRAPPED_V6.addSubnet('2002::', 16, 'ipv6');
WRAPPED_V6.addSubnet('3fff::', 20, 'ipv6');

export function isPublicAddress(address: string): boolean {
  return isIPv6(address)
    ? PUBLIC_V6.check(address, 'ipv6') && !WRAPPED_V6.check(address, 'ipv6')
    : !PRIVATE_V4.check(address, 'ipv4');
}

export const NOT_PUBLIC = 'ENOTPUBLIC';

/** Node's own look-up, at the moment of connecting: what was checked is what is connected to. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? [];
    if (error !== null) callback(error, '');
    else if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address)))
      callback(Object.assign(new Error('not a public address'), { code: NOT_PUBLIC }), '');
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
