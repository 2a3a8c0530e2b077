import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ASKER,
  CLAIM,
  EVIDENCE,
  FINAL,
  ISSUED_AT,
  KEYS,
  NETWORK,
  NOW,
  PROGRAMS,
  predicateOf,
  READING,
  sampleLog,
  sampleReceipt,
  signedOf,
  TRUST,
  VOTES,
} from '../../test/sample.ts';
import { ZERO_ADDRESS } from '../address.ts';
import { utf8 } from '../bytes.ts';
import { ed25519PublicKey } from '../ed25519.ts';
import { refuse } from '../errors.ts';
import type { Receipt, ReceiptPredicate } from '../receipt.ts';
import { buildStatement, receiptBytes, receiptIdOf, signReceipt } from '../receipt-build.ts';
import { NO_TRUST, type Trust } from '../trust.ts';
import { overClaims } from './over-claim.ts';
import { allFindings, type Verification, type VerifyOptions, verifyReceipt } from './verify-receipt.ts';

const options: VerifyOptions = {
  trust: TRUST,
  now: NOW,
  programs: PROGRAMS,
  plainWords: () => READING,
  replayMarket: () => ({ ok: true, value: { probabilitiesPpm: [812_000, 188_000] } }),
};

const verify = async (over: Partial<ReceiptPredicate> = {}, more: Partial<VerifyOptions> = {}): Promise<Verification> =>
  verifyReceipt(receiptBytes(await sampleReceipt(over)), { ...options, ...more });

const holds = (verification: Verification): Record<string, string[]> =>
  Object.fromEntries(Object.entries(verification.links).map(([link, list]) => [link, list.map((f) => f.holds)]));

test('a genuine receipt: trusted, with four links that show what they show', async () => {
  const v = await verify();
  assert.deepEqual([v.verdict, v.exitCode, v.problems, v.changed], ['trusted', 0, [], []]);
  assert.deepEqual(holds(v), {
    intent: ['shown', 'not-shown'],
    input: ['shown', 'not-shown'],
    program: ['shown', 'not-shown'],
    output: ['not-shown', 'not-shown'],
  });
  assert.equal(v.logSize, 6);
  assert.ok(v.sayings.some((s) => s.startsWith('DEVELOPMENT')));
  assert.ok(v.sayings.some((s) => s.includes('As of log size 6; later rulings are not visible.')));
});

test('a final receipt decided by a panel', async () => {
  const v = await verify(FINAL);
  assert.equal(v.verdict, 'trusted', JSON.stringify(v.problems));
  const decision = v.links.output.find((finding) => finding.source === 'decision');
  assert.match(decision?.summary ?? '', /2 for, 0 against, 1 abstained; unaudited/);
  assert.equal(decision?.holds, 'not-shown');
});

test('no pinned trust: self-signed, not trusted, non-zero exit', async () => {
  const v = await verify({}, { trust: NO_TRUST });
  assert.deepEqual([v.verdict, v.exitCode], ['self-signed', 3]);
  assert.match(v.problems[0]?.message ?? '', /^Self-signed, not trusted/);
  assert.deepEqual(v.problems.map((p) => p.code).toSorted(), [
    'receipt.foreign-network',
    'receipt.self-signed',
    'receipt.unknown-log',
  ]);
});

test('another network, a development network, an unknown log, too few witnesses: each by its name', async () => {
  const network = TRUST.networks[0]!;
  const log = TRUST.logs[0]!;
  const cases: [Partial<Trust>, string, number][] = [
    [{ networks: [{ ...network, chainId: 1 }] }, 'foreign-network', 4],
    [{ networks: [{ ...network, environment: 'production' }] }, 'foreign-network', 4],
    [{ networks: [{ ...network, receiptVerifier: ASKER }] }, 'foreign-network', 4],
    [{ networks: [{ ...network, operator: ASKER }] }, 'foreign-network', 4],
    [{ allowDevelopment: false }, 'development', 5],
    [{ logs: [] }, 'unlogged', 3],
    [{ issuers: [{ ...TRUST.issuers[0]!, address: ASKER }] }, 'self-signed', 3],
    [{ logs: [{ ...log, publicKey: TRUST.issuers[0]!.dsseKey }] }, 'refuted', 1],
    [{ logs: [{ ...log, witnesses: [{ ...log.witnesses[0]!, publicKey: log.publicKey }] }] }, 'refuted', 1],
    [{ logs: [{ ...log, witnesses: [{ name: 'other/w', publicKey: log.publicKey }] }] }, 'unlogged', 3],
  ];
  for (const [over, verdict, exit] of cases) {
    const v = await verify({}, { trust: { ...TRUST, ...over } });
    assert.deepEqual([v.verdict, v.exitCode], [verdict, exit], JSON.stringify(over));
  }
});

test('without witnesses the log finding assumes that everybody is shown the same tree', async () => {
  const trust = { ...TRUST, logs: [{ ...TRUST.logs[0]!, witnesses: [], witnessQuorum: 0 }] };
  const v = verifyReceipt(await sampleReceipt({}, { witnessed: false }), { ...options, trust });
  assert.equal(v.verdict, 'trusted');
  for (const name of ['log', 'witnesses']) {
    const check = v.checks.find((each) => each.name === name);
    assert.ok(check?.assumes.includes('the log shows everyone the same tree'), name);
  }
  const foreign = verifyReceipt(await sampleReceipt(), { ...options, trust });
  const said = foreign.checks.find((each) => each.name === 'witnesses')?.doesNotProve ?? [];
  assert.ok(
    said.some((s) => s.includes('witness.example/w1')),
    'an unpinned line is named as unchecked',
  );
});

test('cover: for you, for somebody else, none, past', async () => {
  const cover = async (over: Partial<ReceiptPredicate>, more: Partial<VerifyOptions>): Promise<[string, string]> => {
    const check = (await verify(over, more)).checks.find((each) => each.name === 'cover');
    return [check?.holds ?? '', check?.summary ?? ''];
  };
  assert.deepEqual((await cover({}, { relyingParty: ASKER }))[0], 'shown');
  assert.match((await cover({}, {}))[1], /You are not compensated/);
  assert.match((await cover({ cover: null }, { relyingParty: ASKER }))[1], /you are not compensated/);
  assert.equal((await cover({}, { relyingParty: ASKER, now: ISSUED_AT + 90_000 }))[0], 'not-shown');
});

test('evidence dated after its receipt is refuted: whoever made it wrote the date', async () => {
  for (const index of [1, 2, 3]) {
    const evidence = EVIDENCE.with(index, { ...EVIDENCE[index]!, at: ISSUED_AT + 1 } as (typeof EVIDENCE)[number]);
    const v = await verify({ evidence });
    assert.equal(v.verdict, 'refuted', `${index}`);
    assert.ok(allFindings(v).every(({ freshAt }) => freshAt === null || freshAt <= ISSUED_AT));
  }
});

test('keys that are pinned beside signatures that do not hold show neither issuer, time, cover nor ruling', async () => {
  const over = { ...FINAL, status: 'superseded', supersededBy: 'ee'.repeat(32) } as const;
  for (const predicate of [{}, over]) {
    const receipt = await sampleReceipt(predicate);
    const stranger = await sampleReceipt({ costMicroUsd: '1' });
    const forgeries = [
      { ...receipt, eip712: { ...receipt.eip712, signature: stranger.eip712.signature } },
      { ...receipt, envelope: { ...receipt.envelope, signatures: stranger.envelope.signatures } },
    ];
    for (const forged of forgeries) {
      const v = verifyReceipt(forged, { ...options, relyingParty: ASKER });
      assert.equal(v.verdict, 'refuted');
      for (const check of v.checks) {
        if (check.name === 'envelope' || check.name === 'contract-signature') continue;
        assert.ok(!check.proves.some(({ property }) => property === 'authenticity'), check.name);
        assert.deepEqual(overClaims({ ...check, link: 'intent', source: check.name }), [], JSON.stringify(check));
      }
      assert.ok(!v.sayings.some((saying) => saying.startsWith('Cover:')), v.sayings.join('\n'));
    }
  }
});

test('cover that a stranger promises is not yours', async () => {
  const v = await verify({}, { trust: { ...TRUST, issuers: [] }, relyingParty: ASKER });
  const check = v.checks.find((each) => each.name === 'cover');
  assert.equal(check?.holds, 'not-shown');
  assert.match(check?.summary ?? '', /not pinned in your trust file\. You are not compensated/);
});

test('cover: a notice that an answer was replaced promises none of its own, and says so', async () => {
  const v = await verify({ ...FINAL, status: 'overturned', supersededBy: 'ee'.repeat(32) }, { relyingParty: ASKER });
  const check = v.checks.find((each) => each.name === 'cover');
  assert.deepEqual([check?.holds, check?.proves], ['not-shown', []]);
  assert.match(check?.summary ?? '', /promises none of its own/);
});

test('cover of nothing, or for nobody, is no cover', async () => {
  const cover = predicateOf().cover!;
  const nothing = [
    { ...cover, amountMicroUsd: '0' },
    { ...cover, beneficiary: ZERO_ADDRESS },
  ];
  for (const each of nothing) {
    assert.throws(() => buildStatement(predicateOf({ cover: each })), { code: 'receipt.inconsistent' });
  }
});

test('a price without its trades rests on the operator alone', async () => {
  const assumes = async (over: Partial<ReceiptPredicate>): Promise<string> =>
    (await verify(over)).links.output.flatMap((finding) => finding.assumes).join('; ');
  assert.match(await assumes({ evidence: [] }), /no trades are attached/);
  assert.doesNotMatch(await assumes({}), /no trades are attached/);
});

test('what was signed for operator A is refuted in a receipt of operator B, and the field is named', async () => {
  const other = { ...NETWORK, operator: ASKER };
  const trust = { ...TRUST, networks: [{ ...TRUST.networks[0]!, operator: ASKER }] };
  // The issuer is another than the operator that the statement names.
  const v = await verify({ network: other, cover: null }, { trust });
  assert.equal(v.verdict, 'refuted');
  const problem = v.problems.find(({ code }) => code === 'signature.wrong-operator');
  assert.deepEqual([problem?.field, problem?.value], ['predicate.network.operator', ASKER]);
  // And the asker's consent, given to A, is none to B.
  const intent = v.links.intent.find((finding) => finding.holds === 'refuted');
  assert.match(intent?.summary ?? '', new RegExp(`did not sign .* for the operator ${ASKER}`));
});

test('a receipt from the future of this clock is refused', async () => {
  const v = await verify({}, { now: ISSUED_AT - 301 });
  assert.deepEqual([v.verdict, v.problems[0]?.code], ['refuted', 'receipt.clock-skew']);
  assert.equal((await verify({}, { now: ISSUED_AT - 299 })).verdict, 'trusted');
});

test('evidence that contradicts the receipt refutes it, although every signature holds', async () => {
  const swap = (index: number, change: object): Partial<ReceiptPredicate> => ({
    evidence: EVIDENCE.with(index, { ...EVIDENCE[index]!, ...change } as (typeof EVIDENCE)[number]),
  });
  const finalWith = (votes: typeof VOTES): Partial<ReceiptPredicate> => ({
    ...FINAL,
    evidence: [...EVIDENCE, ...votes],
  });
  const record = { kind: 'official-record', source: 's', statement: 'It was.', outcome: 0, at: ISSUED_AT } as const;
  const vote = VOTES[1] as Extract<(typeof VOTES)[number], { kind: 'juror-vote' }>;
  const cases: [string, string, Partial<ReceiptPredicate>][] = [
    ['intent', 'another reading', swap(0, { reading: 'Is it raining?' })],
    ['program', 'another probability', swap(2, { probabilityPpm: 1 })],
    ['input', 'another subject', swap(3, { input: { host: 'example.com' } })],
    [
      'output',
      'a late trade',
      swap(4, { trades: [{ account: 'x', outcome: 0, deltaMicroShares: '1', costMicroUsd: '1', at: NOW + 9999 }] }),
    ],
    [
      'output',
      'a trade at the instant of the close',
      {
        ...swap(4, {
          trades: [{ account: 'x', outcome: 0, deltaMicroShares: '1', costMicroUsd: '1', at: CLAIM.closesAt }],
        }),
        issuedAt: CLAIM.closesAt,
        finalAfter: CLAIM.closesAt,
        cover: null,
      },
    ],
    ['output', 'too many outcomes', swap(4, { quantities: ['1', '2', '3'] })],
    ['output', 'the market of another claim', swap(4, { marketId: 'ee'.repeat(32) })],
    ['output', 'another subsidy', swap(4, { subsidyMicroUsd: '1' })],
    ['output', 'other prices than the trades lead to', { probabilitiesPpm: [700_000, 300_000] }],
    ['output', 'not the leading price', { outcome: 'not scam' }],
    ['output', 'votes that do not add up', { ...FINAL, decidedBy: { ...FINAL.decidedBy, votesFor: 3 } }],
    ['output', 'no quorum', { ...finalWith(VOTES.slice(1)), decidedBy: { ...FINAL.decidedBy, votesFor: 1 } }],
    ['output', 'a juror who voted twice', finalWith(VOTES.with(1, VOTES[0]!))],
    [
      'output',
      'a juror who played',
      finalWith(VOTES.with(1, { ...vote, program: `surety/network@${'ab'.repeat(32)}` })),
    ],
    ['program', 'an unsure vote', finalWith(VOTES.with(1, { ...vote, probabilityPpm: 900_000 }))],
    ['program', 'a vote without a probability', finalWith(VOTES.with(1, { ...vote, probabilityPpm: null }))],
    ['program', 'a sure vote left out', finalWith(VOTES.with(2, { ...vote, outcome: null, juror: 'juror-c' }))],
    [
      'output',
      'more jurors than seats',
      {
        ...finalWith([...VOTES, { ...vote, juror: 'juror-d', program: `surety/juror-d@${'ab'.repeat(32)}` }]),
        decidedBy: { ...FINAL.decidedBy, votesFor: 3 },
      },
    ],
    [
      'output',
      'a record where the claim names a panel',
      { ...FINAL, evidence: [...EVIDENCE, record], decidedBy: { kind: 'official', source: 's' } },
    ],
    [
      'output',
      'one program on two seats',
      finalWith(VOTES.with(1, { ...vote, program: (VOTES[0] as typeof vote).program })),
    ],
    [
      'program',
      'a vote that differs from its program',
      finalWith(VOTES.with(0, { ...vote, juror: 'juror-a', program: `surety/juror-a@${'ab'.repeat(32)}` })),
    ],
    [
      'output',
      'a record that is not attached',
      { status: 'final', finalAfter: ISSUED_AT, decidedBy: { kind: 'official', source: 's' } },
    ],
  ];
  for (const [link, name, over] of cases) {
    const v = await verify(over, { now: Math.max(NOW, over.issuedAt ?? 0) });
    assert.equal(v.verdict, 'refuted', name);
    assert.ok(
      v.links[link as 'intent'].some((finding) => finding.holds === 'refuted'),
      `${name}: ${JSON.stringify(holds(v))}`,
    );
  }
  const replay = await verify(
    {},
    { replayMarket: () => refuse({ code: 'input.malformed', message: 'Trade 0.', next: 'x' }) },
  );
  assert.equal(replay.verdict, 'refuted');
});

test('what the verifier does not hold is not shown, never refuted', async () => {
  const v = verifyReceipt(await sampleReceipt(FINAL), { trust: TRUST, now: NOW });
  assert.equal(v.verdict, 'trusted');
  assert.deepEqual(new Set(v.links.program.map((finding) => finding.holds)), new Set(['not-shown']));
  const words = await verify({}, { plainWords: () => 'Is the moon cheese?' });
  assert.equal(words.links.intent[0]?.holds, 'not-shown');
});

test('a receipt without evidence says so on every link', async () => {
  const v = await verify({ evidence: [] });
  assert.equal(v.verdict, 'trusted');
  for (const link of ['intent', 'input', 'program'] as const) assert.equal(v.links[link][0]?.source, 'none');
});

test('no finding of any receipt here claims more than it shows', async () => {
  const official = { kind: 'official-record', source: 's', statement: 'It was.', outcome: 0, at: ISSUED_AT } as const;
  const claim = { ...CLAIM, rule: { kind: 'official', source: 's', url: 'https://example.com/record' } } as const;
  const byRecord = { claim, evidence: [official], decidedBy: { kind: 'official', source: 's' } } as const;
  const receipts: Partial<ReceiptPredicate>[] = [
    {},
    FINAL,
    { evidence: [] },
    { ...FINAL, ...byRecord },
    { ...FINAL, decidedBy: { kind: 'people', note: 'They met.' } },
    { ...FINAL, decidedBy: { kind: 'undecided', reason: 'Few votes.' }, outcome: null },
    { outcome: 'not scam' },
    { outcome: null },
  ];
  for (const over of receipts) {
    for (const more of [{}, { programs: { run: () => ({ kind: 'not-held' }) as const } }]) {
      const v = await verify(over, more);
      for (const finding of allFindings(v)) assert.deepEqual(overClaims(finding), [], JSON.stringify(finding));
      for (const check of v.checks) {
        assert.deepEqual(overClaims({ ...check, link: 'intent', source: check.name }), [], JSON.stringify(check));
      }
      assert.ok(v.links.output.every((finding) => finding.holds !== 'shown'));
    }
  }
});

test('a fresh look: no later ruling, the same answer, another answer, a forked log', async () => {
  const log = sampleLog();
  log.append(utf8('first'));
  const first = signedOf();
  const index = log.add(first);
  const receipt = await log.prove(first, index);
  const fresh = async (over: Partial<ReceiptPredicate> | null): Promise<Verification> => {
    let latest = receipt;
    if (over !== null) {
      const next = { ...over, supersedes: receiptIdOf(first) };
      const signed = signedOf(next);
      latest = await log.prove(signed, log.add(signed, next));
    }
    const answer = { latest, checkpoint: log.checkpoint(), consistency: await log.consistency(2) };
    return verifyReceipt(receipt, { ...options, fresh: answer });
  };
  const said = (v: Verification): string => v.checks.find((each) => each.name === 'later-rulings')?.summary ?? '';
  const none = await fresh(null);
  assert.deepEqual([none.verdict, said(none)], ['trusted', 'As of log size 2, the node names no later ruling.']);
  const same = await fresh(FINAL);
  assert.equal(same.verdict, 'trusted');
  assert.match(said(same), /replaced this one: “scam”, final, the same answer/);
  // A notice restates the old outcome: that it is the same is no comfort.
  const notice = await fresh({ ...FINAL, status: 'overturned', supersededBy: 'ab'.repeat(32) });
  assert.deepEqual([notice.verdict, notice.exitCode], ['replaced', 6]);
  const people = { decidedBy: { kind: 'people', note: 'n' }, status: 'final', finalAfter: ISSUED_AT } as const;
  const other = await fresh({ ...people, outcome: 'not scam' });
  assert.deepEqual([other.verdict, other.exitCode], ['replaced', 6]);

  const forked = sampleLog();
  forked.append(utf8('another first'));
  forked.add(first);
  forked.append(utf8('third'));
  const answer = { latest: receipt, checkpoint: forked.checkpoint(), consistency: await forked.consistency(2) };
  const v = verifyReceipt(receipt, { ...options, fresh: answer });
  assert.deepEqual([v.verdict, v.problems[0]?.code], ['refuted', 'log.forked']);
  const unrelated = await sampleReceipt({ claim: { ...CLAIM, nonce: '00'.repeat(16) }, evidence: [] });
  const bad = { latest: unrelated, checkpoint: log.checkpoint(), consistency: await log.consistency(2) };
  const refusedAs = (latest: Receipt, more: Partial<VerifyOptions> = {}, at: object = {}): unknown[] => {
    const { problems } = verifyReceipt(receipt, { ...options, ...more, fresh: { ...bad, latest, ...at } });
    return [problems[0]?.code, problems[0]?.field];
  };
  assert.deepEqual(refusedAs(unrelated), ['receipt.unrelated', 'fresh.latest.claim']);

  // Another operator, pinned as well, ruled otherwise on the very same claim.
  const keys = { dsseSecretKey: KEYS.witness, issuerSecretKey: KEYS.asker };
  const ruled = { ...people, outcome: 'not scam', evidence: [], cover: null, network: { ...NETWORK, operator: ASKER } };
  const theirs = signReceipt(buildStatement(predicateOf(ruled)), keys);
  const trust = {
    ...TRUST,
    issuers: [...TRUST.issuers, { name: 'B', dsseKey: ed25519PublicKey(KEYS.witness), address: ASKER }],
    networks: [...TRUST.networks, { ...TRUST.networks[0]!, operator: ASKER }],
  };
  const placed = await log.prove(theirs, log.add(theirs, ruled));
  assert.equal(verifyReceipt(placed, { ...options, trust }).verdict, 'trusted');
  const checkpoint = log.checkpoint();
  const consistency = await log.consistency(2);
  assert.deepEqual(refusedAs(placed, { trust }, { checkpoint, consistency }), [
    'receipt.unrelated',
    'fresh.latest.network.operator',
  ]);

  // Beyond the checkpoint that is given with it.
  const next = { ...FINAL, supersedes: receiptIdOf(first) };
  const beyond = await log.prove(signedOf(next), log.add(signedOf(next), next));
  assert.deepEqual(refusedAs(beyond, {}, { checkpoint, consistency }), ['receipt.unrelated', 'fresh.latest.log.index']);
});

test('a receipt that says it was overturned is replaced, whatever else holds', async () => {
  const over = { ...FINAL, status: 'overturned', supersededBy: 'ee'.repeat(32) } as const;
  const v = await verify(over);
  assert.deepEqual([v.verdict, v.exitCode], ['replaced', 6]);
});

test('bytes that are no receipt are malformed, with a listed code', () => {
  for (const bytes of [
    utf8(''),
    utf8('\n'),
    utf8('{}\n'),
    utf8('not json\n'),
    utf8('{"type":"surety/receipt/v1"}\n'),
  ]) {
    const v = verifyReceipt(bytes, options);
    assert.deepEqual([v.verdict, v.exitCode], ['malformed', 1]);
    assert.match(v.problems[0]?.code ?? '', /^input\./);
  }
  const huge = verifyReceipt(new Uint8Array(1_048_577), options);
  assert.equal(huge.problems[0]?.code, 'input.too-large');
});

test('the network of a receipt is part of what is signed', async () => {
  const receipt = await sampleReceipt();
  const moved = { ...TRUST, networks: [{ ...TRUST.networks[0]!, chainId: 1 }] };
  assert.equal(verifyReceipt(receipt, { ...options, trust: moved }).verdict, 'foreign-network');
  assert.equal(predicateOf().network.chainId, NETWORK.chainId);
});

test('cover that another than the issuer promises is refuted', async () => {
  const cover = { ...predicateOf().cover!, payer: ASKER };
  const v = verifyReceipt(await sampleReceipt({ cover }), options);
  assert.equal(v.verdict, 'refuted');
  assert.ok(v.problems.some(({ field }) => field === 'predicate.cover.payer'));
});
