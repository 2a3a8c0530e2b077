import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logOf } from '../../test/log.ts';
import { ASKER, KEYS, NETWORK, TRUST as WITNESSED } from '../../test/sample.ts';
import { sessionKeyOf, signAction } from '../action.ts';
import { toBase64 } from '../bytes.ts';
import { encode } from '../canonical.ts';
import { signTyped } from '../eip712/sign.ts';
import { type Result, unwrap } from '../errors.ts';
import type { Json } from '../json.ts';
import { NO_TRUST, type Trust } from '../trust.ts';
import type { LeafProof } from '../verify/place.ts';
import { type Publication, parsePublication, readPublication } from './publication.ts';
import {
  hiddenIdOf,
  type ModelLeaf,
  type ModelRecord,
  modelLeafBytes,
  modelLeafOf,
  publicationIdOf,
} from './record.ts';
import { verifyPublication } from './verify.ts';

/** Nobody cosigns here. */
const TRUST: Trust = { ...WITNESSED, logs: WITNESSED.logs.map((log) => ({ ...log, witnessQuorum: 0 })) };

const SESSION = new Uint8Array(32).fill(9);
const PROGRAM = 'ab'.repeat(32);
const SALT = '5a'.repeat(32);
const AT = 1_793_491_200;

const POINT = (({ x, y }) => `04${x.slice(2)}${y.slice(2)}`)(sessionKeyOf(SESSION));

const delegationOf = (scope: string, expiresAt: number) => {
  const message = { operator: NETWORK.operator, wallet: ASKER, scope, expiresAt, nonce: 1 } as const;
  const x = `0x${POINT.slice(2, 66)}` as const;
  const y = `0x${POINT.slice(66)}` as const;
  const domain = { chainId: NETWORK.chainId, verifyingContract: NETWORK.receiptVerifier };
  const typed = { ...message, sessionKeyX: x, sessionKeyY: y, limitMicroUsd: 7n };
  const signature = signTyped('Delegation', typed, { domain, secretKey: KEYS.asker });
  return { ...message, sessionKey: POINT, limitMicroUsd: '7', signature };
};

/** A log of the given leaves, each with its proof. */
const provedIn = async (leaves: readonly ModelLeaf[]): Promise<readonly LeafProof[]> => {
  const { checkpoint, inclusions } = await logOf(leaves.map(modelLeafBytes));
  return inclusions.map((inclusion, index) => ({ index, inclusion, checkpoint }));
};

type Options = { readonly scope?: string; readonly expiresAt?: number; readonly revealedAt?: number | null };

/** A hidden publication, revealed unless `revealedAt` is null. */
const publicationOf = async ({
  scope = 'publish',
  expiresAt = AT + 60,
  revealedAt = AT + 50,
}: Options = {}): Promise<Publication> => {
  const fields = {
    name: 'digits',
    commitment: { kind: 'hidden', hidden: hiddenIdOf(SALT, PROGRAM) },
    revealBy: AT + 100,
    bondMicroUsd: '1000000',
    probes: null,
    bundle: null,
  } as const;
  const record: ModelRecord = {
    type: 'surety/model/v1',
    publisher: ASKER,
    version: 1,
    previous: null,
    publishedAt: AT,
    ...fields,
  };
  const action = {
    type: 'surety/action/publish/v1',
    account: ASKER,
    chainId: NETWORK.chainId,
    operator: NETWORK.operator,
    nonce: '00'.repeat(16),
    expiresAt: AT + 60,
    ...fields,
    delegation: delegationOf(scope, expiresAt),
  };
  const published = modelLeafOf(record, { event: 'published', program: null, at: AT });
  const turns =
    revealedAt === null ? [] : [modelLeafOf(record, { event: 'revealed', program: PROGRAM, at: revealedAt })];
  const [log, revealed] = await provedIn([published, ...turns]);
  return {
    type: 'surety/publication/v1',
    publicationId: publicationIdOf(record),
    record,
    signed: {
      action: action as unknown as Json,
      account: ASKER,
      sessionKey: POINT,
      signature: signAction(action, SESSION),
    },
    log: log!,
    reveal: revealedAt === null ? null : { program: PROGRAM, salt: SALT, at: revealedAt, log: revealed! },
    overdue: null,
  };
};

const judge = (publication: Publication, program: string | null = PROGRAM, trust = TRUST) =>
  verifyPublication(publication, { trust, program });

const holds = (verification: ReturnType<typeof judge>): Record<string, string> =>
  Object.fromEntries(verification.checks.map((check) => [check.name, check.holds]));

test('a publication and its program are equal, and every finding says what it does not prove', async () => {
  const publication = await publicationOf();
  assert.deepEqual(unwrap(parsePublication(encode(publication))), publication);
  const verification = judge(publication);
  assert.equal(verification.verdict, 'equal');
  for (const { doesNotProve } of verification.checks) assert.ok(doesNotProve.length > 0);
  assert.equal(judge(publication, 'cd'.repeat(32)).verdict, 'broken');
  assert.deepEqual(holds(judge(publication, null)).program, 'not-shown');
});

test('before the reveal nothing is shown equal but to whoever has the salt', async () => {
  const publication = await publicationOf({ revealedAt: null });
  assert.equal(judge(publication).verdict, 'not-shown');
  assert.match(judge(publication).checks.at(-1)?.summary ?? '', /not shown equal/);
  assert.equal(verifyPublication(publication, { trust: TRUST, program: PROGRAM, salt: SALT }).verdict, 'equal');
  assert.equal(
    verifyPublication(publication, { trust: TRUST, program: PROGRAM, salt: '00'.repeat(32) }).verdict,
    'broken',
  );
});

test('a reveal after its date says that it was late', async () => {
  const late = judge(await publicationOf({ revealedAt: AT + 101 }));
  assert.match(late.checks.find(({ name }) => name === 'reveal')?.summary ?? '', /revealed late/);
});

test('without pinned keys nothing is shown of publisher and log', async () => {
  const verification = judge(await publicationOf(), PROGRAM, NO_TRUST);
  assert.deepEqual(holds(verification), {
    publisher: 'not-shown',
    log: 'not-shown',
    reveal: 'shown',
    program: 'shown',
  });
  assert.equal(verification.verdict, 'not-shown');
});

test('where the trust file wants witnesses, a log without them is not enough', async () => {
  assert.equal(judge(await publicationOf(), PROGRAM, WITNESSED).verdict, 'not-shown');
});

test('a key that the wallet did not delegate to for this, or no longer, does not speak for it', async () => {
  for (const options of [{ scope: 'trade' }, { expiresAt: AT - 1 }])
    assert.equal(holds(judge(await publicationOf(options))).publisher, 'refuted');
});

/** Changes one place, given by its path, and keeps the id that of the record. */
const changed = (publication: Publication, path: string, value: unknown): Result<Publication> => {
  const copy = structuredClone(publication) as unknown as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop()!;
  const parent = names.reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, copy);
  assert.ok(last in parent, path);
  parent[last] = value;
  if (path.startsWith('record.')) copy.publicationId = publicationIdOf(copy.record as ModelRecord);
  return readPublication(copy);
};

test('whatever is changed is refuted or refused', async () => {
  const publication = await publicationOf();
  const stranger = TRUST.issuers[0]!.address;
  const places: readonly (readonly [path: string, value: unknown])[] = [
    ['publicationId', 'ff'.repeat(32)],
    ['record.name', 'digit'],
    ['record.version', 2],
    ['record.publisher', stranger],
    ['record.previous', 'ff'.repeat(32)],
    ['record.commitment.hidden', 'ff'.repeat(32)],
    ['record.revealBy', AT + 99],
    ['record.bondMicroUsd', '999'],
    ['record.probes', 'ff'.repeat(32)],
    ['record.publishedAt', AT - 1],
    ['signed.account', stranger],
    ['signed.signature', publication.signed.signature.replace(/^../, (byte) => (byte === '00' ? '01' : '00'))],
    ['signed.action.nonce', '11'.repeat(16)],
    ['signed.action.bondMicroUsd', '999'],
    ['signed.action.delegation.scope', 'publish,trade'],
    ['signed.action.delegation.wallet', stranger],
    ['signed.action.delegation.limitMicroUsd', '8'],
    ['log.index', 1],
    ['log.inclusion.0', toBase64(new Uint8Array(32))],
    ['reveal.at', AT + 51],
    ['reveal.salt', '00'.repeat(32)],
    ['reveal.program', 'cd'.repeat(32)],
    ['reveal.log.index', 0],
  ];
  for (const [path, value] of places) {
    const read = changed(publication, path, value);
    if (read.ok) assert.equal(judge(read.value).verdict, 'broken', path);
    else assert.equal(read.problem.code, 'publication.changed', path);
  }
});
