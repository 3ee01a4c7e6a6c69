import fc from 'fast-check';
import { allowedAddress, isPublicAddress } from '../../src/media/hosts.js';

const hosts = ['zdn.vn', 'fbcdn.net', 'http://127.0.0.1:4000'];

describe('allowedAddress', () => {
  it.each([
    ['https://zdn.vn/a.jpg', 'https://zdn.vn/a.jpg', false],
    ['https://f63-zpg-r.zdn.vn/1/a.jpg?x=1', 'https://f63-zpg-r.zdn.vn/1/a.jpg?x=1', false],
    ['http://photo.zdn.vn/a.jpg', 'https://photo.zdn.vn/a.jpg', false],
    ['https://SCONTENT.xx.FBCDN.net/a', 'https://scontent.xx.fbcdn.net/a', false],
    ['http://127.0.0.1:4000/a.jpg', 'http://127.0.0.1:4000/a.jpg', true],
  ])('takes %s', (given, asked, trusted) => {
    const allowed = allowedAddress(given, hosts);
    expect(allowed?.url.href).toBe(asked);
    expect(allowed?.trusted).toBe(trusted);
  });

  it.each([
    'https://evilzdn.vn/a.jpg',
    'https://zdn.vn.evil.example/a.jpg',
    'https://evil.example/zdn.vn',
    'https://evil.example/?https://zdn.vn',
    'https://zdn.vn@evil.example/a.jpg',
    'https://user:secret@zdn.vn/a.jpg',
    'https://zdn.vn:8443/a.jpg',
    'http://zdn.vn:8080/a.jpg',
    'http://127.0.0.1:4001/a.jpg',
    'https://127.0.0.1:4000/a.jpg',
    'http://127.0.0.1/a.jpg',
    'ftp://zdn.vn/a.jpg',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
    'not an address',
    '',
  ])('refuses %s', (given) => {
    expect(allowedAddress(given, hosts)).toBeUndefined();
  });

  it('lets nothing through whose host is not on the list, whatever is written', () => {
    const address = fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string());
    fc.assert(
      fc.property(address, fc.constantFrom('', 'zdn.vn', '@zdn.vn', '.zdn.vn/', '/zdn.vn'), (start, end) => {
        const allowed = allowedAddress(`${start}${end}`, hosts);
        if (allowed === undefined) return;
        expect(`.${allowed.url.hostname.replace(/\.$/, '')}`).toMatch(/\.(zdn\.vn|fbcdn\.net)$/);
        expect(allowed.url.protocol).toBe('https:');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '118.69.1.1', '172.32.0.1', '2606:4700::1', '2a03:2880:f003::1'])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fc00::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
