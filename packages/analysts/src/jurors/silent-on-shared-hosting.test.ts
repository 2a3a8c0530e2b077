import assert from 'node:assert/strict';
import { test } from 'node:test';
import { voteOf } from '../panel.ts';
import { siteJurors, siteModels } from './site-jurors.ts';

const votes = (jurors: typeof siteJurors, host: string) =>
  jurors.map((juror) => voteOf(juror.readSync({ kind: 'site', host })));

test('nobody is condemned for shared hosting: there jurors abstain, and say why', () => {
  for (const host of ['my-app.vercel.app', 'todo-list.netlify.app', 'docs-site.pages.dev', 'www.weather-app.web.app']) {
    assert.ok(
      votes(siteModels, host).filter((vote) => vote === 'scam').length >= 2,
      `${host}: the models alone condemn`,
    );
    assert.deepEqual(new Set(votes(siteJurors, host)), new Set([null]), host);
  }
  const { reasons, facts } = siteJurors[0]!.readSync({ kind: 'site', host: 'my-app.vercel.app' });
  assert.match(reasons[0]?.text ?? '', /^Under vercel\.app anybody publishes/);
  assert.deepEqual(facts, { host: 'my-app.vercel.app', suffix: 'vercel.app' });
});

test('elsewhere a juror says what its model says, under a program of its own', () => {
  for (const host of ['uniswap-claim-rewards.app', 'google.com', 'vercel.com', '10.0.0.1']) {
    for (const [i, juror] of siteJurors.entries()) {
      const { program, ...reading } = juror.readSync({ kind: 'site', host });
      const { program: inner, ...modelled } = siteModels[i]!.readSync({ kind: 'site', host });
      assert.deepEqual(reading, modelled, host);
      assert.notEqual(program, inner);
    }
  }
});
