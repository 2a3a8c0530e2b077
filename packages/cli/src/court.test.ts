/** A contested answer at the terminal, on a real node whose court runs fast: from the challenge to the end. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, surety } from './testing.ts';
import { startNode } from './testing-node.ts';

const SECONDS = 1_000;

test('contest an answer, follow its case to the end, and read in the receipt what came of it', async (t) => {
  const cwd = folder();
  const node = await startNode(join(cwd, '.surety'), {
    SURETY_CHALLENGE_SECONDS: '120',
    SURETY_COURT_SPEED: '5000',
    SURETY_AUDIT_ONE_IN: '1000000',
    SURETY_PERSON_ISSUER: 'development',
  });
  t.after(async () => {
    node.stop();
    await node.ended;
  });
  const run = (...args: string[]) => surety(args, { cwd });
  const data = async <T>(...args: string[]): Promise<T> => {
    const ran = await run(...args, '--json');
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
    return JSON.parse(ran.stdout) as T;
  };
  const until = async <T>(get: () => Promise<T>, done: (value: T) => boolean, seconds: number): Promise<T> => {
    for (const end = Date.now() + seconds * SECONDS; ; await new Promise((resolve) => setTimeout(resolve, 500))) {
      const value = await get();
      if (done(value)) return value;
      assert.ok(Date.now() < end, JSON.stringify(value).slice(0, 600));
    }
  };
  type Answered = {
    readonly status: string;
    readonly answer: { readonly outcome: string | null };
    readonly contest?: object;
  };

  assert.match((await run('court')).stdout, /No answer is before the court/);
  const person = await run('person');
  assert.match(person.stdout, /counts as one person[\s\S]*DEVELOPMENT: this issuer gives a token to whoever asks/);
  const short = await run('person', '--token', 'ab');
  assert.equal(short.code, 2, short.stdout + short.stderr);
  const other = await run('person', '--token', '00'.repeat(354));
  assert.match(other.stderr, /court\.person-token|none that development-persons/);
  await run('ask', 'Is uniswap-claim-rewards.app a scam?', '--yes', '--close', '5s', '--out', 'receipt.json');
  await run('ask', 'Is metamask-bonus.app a scam?', '--yes', '--close', '10m', '--out', 'open.json');
  const { markets } = await data<{ markets: { marketId: string }[] }>('markets');
  const [open, id] = markets.map(({ marketId }) => marketId.slice(0, 8)) as [string, string];
  const early = await run('challenge', open, '--for', 'legitimate', '--reason', 'It is not.');
  assert.match(early.stderr, /nothing to contest here now/);
  const answered = await until(
    () => data<Answered>('market', id),
    ({ contest }) => contest !== undefined,
    30,
  );
  assert.equal(answered.answer.outcome, 'scam');

  const wrong = await run('challenge', id, '--for', 'maybe', '--reason', 'x');
  assert.match(wrong.stderr, /names no outcome[\s\S]*"legitimate"[\s\S]*"undecidable"/);
  assert.equal((await run('challenge', id, '--for', 'legitimate')).code, 2);
  const part = await run(
    'challenge',
    id,
    '--for',
    'legitimate',
    '--reason',
    'It is the maker’s own page.',
    '--pay',
    '0.05',
  );
  assert.equal(part.code, 0, part.stdout + part.stderr);
  assert.match(part.stdout, /\$0\.05 paid in for “legitimate”[\s\S]*\$0\.25 are still missing/);
  assert.match((await run('court')).stdout, /being challenged/);
  const rest = await run('challenge', id, '--for', 'legitimate', '--reason', 'It is the maker’s own page.');
  assert.match(rest.stdout, /\$0\.25 paid in[\s\S]*The next panel is called/);

  const shown = await run('court', id);
  assert.match(shown.stdout, /proposed: “scam”, bond \$0\.10/);
  assert.match(shown.stdout, /round 3, 15 people, one ticket each: not called/);
  assert.match(shown.stdout, /for “legitimate”: It is the maker’s own page\./);
  const ended = await until(
    () => data<{ phase: string; rounds: { state: string }[] }>('court', id),
    ({ phase }) => phase === 'final' || phase === 'undecided',
    90,
  );
  assert.ok(ended.rounds[0]?.state === 'past');
  assert.match((await run('court', '--ended')).stdout, /Final|Nobody could decide/);
  await until(
    () => data<Answered>('market', id),
    ({ status }) => status === 'settled',
    30,
  );
  await run('market', id, '--out', 'final.json');
  const verified = await run('verify', 'final.json');
  assert.equal(verified.code, 0, verified.stdout);
  assert.match(verified.stdout, /court/i);
});
