import fc from 'fast-check';
import { hashPassword, newPassword, passwordFits, passwordProblem } from '../../src/desk/passwords.js';
import { networkOf } from '../../src/desk/sign-in.js';
import { staffIdOf, usernameSchema } from '../../src/desk/staff-ids.js';

describe('a password', () => {
  it('is kept as its scrypt hash with its own salt and its cost, and fits that alone', async () => {
    const [one, two] = await Promise.all([
      hashPassword('thuyền giấy trên sông'),
      hashPassword('thuyền giấy trên sông'),
    ]);
    expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(two);
    // The same letters, typed on a keyboard that writes them apart.
    expect(await passwordFits('thuyền giấy trên sông'.normalize('NFD'), one)).toBe(true);
    expect(await passwordFits('thuyền giấy trên sông ', one)).toBe(false);
    expect(await passwordFits('', one)).toBe(false);
  });

  it.each([undefined, '', 'plain', 'scrypt$16$8$1$$', 'bcrypt$16$8$1$AAAA$AAAA'])(
    'never fits what is no hash (%j)',
    async (stored) => {
      expect(await passwordFits('A', stored)).toBe(false);
    },
  );

  it.each([
    ['thuyen-giay-tren-song', 'le.hoa', undefined],
    ['Bèo dạt mây trôi', 'le.hoa', undefined],
    ['ngắn quá', 'le.hoa', 'password.too-short'],
    ['🛶🌊🛶🌊🛶🌊🛶🌊🛶', 'le.hoa', 'password.too-short'],
    ['dài '.repeat(51), 'le.hoa', 'password.too-long'],
    ['LeThiHoa1985', 'lethihoa', 'password.username'],
    ['Lê.Thị.Hoa!', 'le.thi.hoa', 'password.username'],
    ['1234567890', 'le.hoa', 'password.common'],
    ['matkhau@2026', 'le.hoa', 'password.common'],
    ['Mật Khẩu 12345', 'le.hoa', 'password.common'],
    ['Password123!', 'le.hoa', 'password.common'],
    ['aaaaaaaaaaaaaa', 'le.hoa', 'password.common'],
    ['1212121212', 'le.hoa', 'password.common'],
  ])('%j of %s is judged: %s', (password, username, problem) => {
    expect(passwordProblem(password, username)).toBe(problem);
  });

  it('that is given is long, readable, never the same and never refused', () => {
    const given = Array.from({ length: 200 }, newPassword);
    expect(new Set(given).size).toBe(200);
    for (const password of given) {
      expect(password).toMatch(/^([a-hj-km-np-z2-9]{4}-){3}[a-hj-km-np-z2-9]{4}$/);
      expect(passwordProblem(password, 'le.hoa')).toBeUndefined();
    }
  });
});

describe('a username', () => {
  it.each([
    [' Le.Hoa ', 'le.hoa'],
    ['can-bo_01', 'can-bo_01'],
    ['a', 'a'],
  ])('%j is %j', (typed, username) => {
    expect(usernameSchema.parse(typed)).toBe(username);
  });

  it.each(['', 'lê.hoa', 'le hoa', '.hoa', 'hoa.', 'a'.repeat(61), '../x', 'ｈｏａ'])('is not %j', (typed) => {
    expect(usernameSchema.safeParse(typed).success).toBe(false);
  });

  it('has one id that does not show it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{3,30}$/), (username) => {
        const id = staffIdOf(username);
        expect(id).toMatch(/^u[0-9a-f]{16}$/);
        expect(staffIdOf(username)).toBe(id);
      }),
    );
  });
});

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['', ''],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
