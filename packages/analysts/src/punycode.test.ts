import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unicodeLabel } from './punycode.ts';

test('decodes samples of RFC 3492 section 7.1 and a real attack', () => {
  assert.equal(unicodeLabel('xn--mtamask-bya'), 'métamask');
  assert.equal(unicodeLabel('xn--moonbrds-61a'), 'moonbìrds');
  assert.equal(unicodeLabel('xn--ihqwcrb4cv8a8dqg056pqjye'), '他们为什么不说中文');
  assert.equal(unicodeLabel('xn--egbpdaj6bu4bxfgehfvwxn'), 'ليهمابتكلموشعربي؟');
});

test('leaves everything else alone and never throws', () => {
  assert.equal(unicodeLabel('metamask'), 'metamask');
  assert.equal(unicodeLabel('xn--\u0000'), 'xn--\u0000');
  assert.equal(unicodeLabel('xn--99999999999'), 'xn--99999999999');
  fc.assert(fc.property(fc.string({ maxLength: 80 }), (text) => typeof unicodeLabel(`xn--${text}`) === 'string'));
});
