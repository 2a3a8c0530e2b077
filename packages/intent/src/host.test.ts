import assert from 'node:assert/strict';
import { test } from 'node:test';
import { domainToASCII, domainToUnicode } from 'node:url';
import fc from 'fast-check';
import { normaliseHost } from './host.ts';
import { decodePunycode, toUnicodeHost } from './punycode.ts';
import { normaliseSite } from './site.ts';

const host = (text: string): string => {
  const result = normaliseHost(text);
  return result.ok ? result.value.host : result.problem.code;
};
const codes = (text: string): readonly string[] => {
  const result = normaliseSite(text);
  return result.ok ? result.value.warnings.map((warning) => warning.code) : [result.problem.code];
};
const site = (text: string) => {
  const result = normaliseSite(text);
  return result.ok ? result.value.subject : result.problem.code;
};

test('spellings of one host come to one form', () => {
  for (const text of [
    'google.com',
    'GOOGLE.com',
    'google.com.',
    'ｇｏｏｇｌｅ.com',
    'google。com',
    'goo\u200bgle.com',
    '%67oogle.com',
    '𝐠𝐨𝐨𝐠𝐥𝐞.com',
  ]) {
    assert.equal(host(text), 'google.com', text);
  }
});

test('what is not a public host is refused by name', () => {
  const refused: readonly (readonly [string, string])[] = [
    ['', 'input.empty'], ['com', 'intent.bad-host'], ['co.uk', 'intent.bad-host'], ['a..b.com', 'intent.bad-host'],
    ['-a.com', 'intent.bad-host'], [`${'a'.repeat(64)}.com`, 'intent.bad-host'], [`${'a.'.repeat(130)}com`, 'intent.bad-host'],
    ["a'b.com", 'intent.bad-host'], ['a b.com', 'intent.bad-host'], ['xn--a.com', 'intent.bad-host'], ['vitalik.eth', 'intent.bad-host'],
    ['localhost', 'intent.private-host'], ['printer.local', 'intent.private-host'], ['10.0.0.1', 'intent.private-host'],
    ['0x7f.1', 'intent.private-host'], ['2130706433', 'intent.private-host'], ['169.254.169.254', 'intent.private-host'],
    ['[::1]', 'intent.private-host'], ['[::ffff:8.8.8.8]', 'intent.private-host'], ['[fd00::1]', 'intent.private-host'], ['[2606:4700::1111]', 'intent.bad-host'],
  ]; // biome-ignore format: one table
  for (const [text, code] of refused) assert.equal(host(text), code, text);
});

test('links are read as browsers read them, and tricks are named', () => {
  assert.deepEqual(site('https://uniswap.org@evil.xyz'), { kind: 'site', host: 'evil.xyz' });
  assert.ok(codes('https://uniswap.org@evil.xyz').includes('url.userinfo'));
  assert.deepEqual(site('https://uniswap.org\\@evil.xyz'), {
    kind: 'site',
    host: 'uniswap.org',
    url: 'https://uniswap.org/@evil.xyz',
  });
  assert.deepEqual(site('hxxps://evil[.]xyz/a#b'), { kind: 'site', host: 'evil.xyz', url: 'https://evil.xyz/a' });
  assert.deepEqual(codes('hxxps://evil[.]xyz/a#b'), ['host.defanged', 'url.fragment-dropped', 'url.page-named']);
  assert.deepEqual(codes('evil.xyz:8443'), ['url.port', 'url.page-named']);
  assert.deepEqual(codes('help@evil.xyz'), ['host.from-email']);
  assert.deepEqual(codes('аpple.com'), ['host.international', 'host.mixed-scripts']);
  assert.deepEqual(codes('аррӏе.com'), ['host.international', 'host.imitates']);
  assert.deepEqual(codes('paypaI.com'), ['host.letter-case']);
  assert.deepEqual(codes('8.8.8.8'), ['host.ip-address']);
  assert.deepEqual(codes('0x08080808'), ['host.unusual-ip', 'host.ip-address']);
  assert.deepEqual(codes('münchen.de'), ['host.international']);
  assert.deepEqual(codes('日本語.jp'), ['host.international']);
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'ftp://a.com'])
    assert.deepEqual(codes(text), ['intent.bad-url'], text);
});

test('Punycode decoding agrees with the platform', () => {
  for (const name of [
    'münchen.de',
    'пример.рф',
    '日本語.jp',
    'bücher.example.com',
    'ελλάδα.gr',
    'ไทย.th',
    'a-ü-b.com',
    '😀.ws',
  ]) {
    assert.equal(toUnicodeHost(domainToASCII(name)), domainToUnicode(domainToASCII(name)));
  }
  for (const broken of ['', 'ü', '99999999', 'a-', '---']) assert.doesNotThrow(() => decodePunycode(broken));
});

test('property: Punycode decoding inverts the platform', () => {
  const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(label, (text) => {
      const ascii = domainToASCII(`${text}.com`);
      if (ascii !== '') assert.equal(toUnicodeHost(ascii), domainToUnicode(ascii));
    }),
  );
});

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.domain(),
  fc.ipV4Extended(),
  fc
    .tuple(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('.com', '。org', '.xyz:80', '@evil.com', '/a#b', '%2e'),
    )
    .map((parts) => parts.join('')),
);

test('property: normalising twice is normalising once, and the platform opens the same host', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const once = normaliseSite(text);
      if (!once.ok) return;
      const { subject } = once.value;
      const again = normaliseSite(subject.url ?? subject.host);
      assert.deepEqual(again.ok && again.value.subject, subject);
      assert.equal(new URL(subject.url ?? `https://${subject.host}`).hostname, subject.host);
      assert.match(subject.host, /^[a-z0-9._-]+$/);
    }),
    { numRuns: 600 },
  );
});

test('property: no spelling reaches another host than its own letters without a warning', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const read = normaliseSite(text);
      if (!read.ok || read.value.warnings.length > 0) return;
      const { host: name } = read.value.subject;
      assert.ok(text.toLowerCase().includes(name), `${JSON.stringify(text)} became ${name} silently`);
    }),
    { numRuns: 600 },
  );
});
