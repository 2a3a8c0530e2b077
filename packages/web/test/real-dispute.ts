/** Two parties on a real chain: a provider that claims a wrong run, and a challenger that holds the program. */
import { readFileSync } from 'node:fs';
import {
  type Chain,
  type Claim,
  type Contracts,
  claimIdOf,
  connect,
  type Intent,
  predictAddresses,
  prepaymentFor,
  readDispute,
  readTerms,
  signerOf,
  submit,
} from '@surety/chain';
import { to0x, toHex, unwrap } from '@surety/core';
import { bytesSource, readProgram, type Tensor, tensor } from '@surety/programs';
import {
  answer as answerOf,
  type Exchange,
  encodeQuestion,
  judge,
  NO_RECORD,
  nextMove,
  openProgram,
  openRun,
  questionsForInputs,
  type RunBook,
} from '@surety/proofs';
import { fund } from '../../node/src/watch/money.ts';
import { goOn, lie, tell, truth } from '../../proofs/test/liar.ts';

type Hex = `0x${string}`;

/** Keys of anvil's own well-known accounts, worth nothing anywhere. */
const KEYS = [
  '5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a',
  '7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6',
] as const;

export type RealDispute = {
  readonly claimId: string;
  /** The next step of the challenger: `ask` and its like, or the proof that ends it. */
  readonly challenge: () => Promise<'ask' | 'refute'>;
  /** The provider opens what its wrong run has there. */
  readonly answer: () => Promise<void>;
  readonly provider: string;
  readonly challenger: string;
  readonly close: () => Promise<void>;
};

const send = async (chain: Chain, contracts: Contracts, intent: Intent): Promise<void> => {
  const sent = await submit(chain, contracts, intent);
  if (sent.kind !== 'mined') throw new RangeError(JSON.stringify(sent));
};

/** A run in which one value of a layer is off by one, and all that follows from it. */
const wrongRun = async (own: RunBook, layer: number, element: number) => {
  const story = await truth(own);
  const step = story.steps[0]!;
  const { dtype, shape, values } = step.nodes[layer] as Tensor;
  const changed = tensor(dtype, shape, values);
  changed.values[element]! += changed.values[element]! > 0 ? -1 : 1;
  const told = { ...story, steps: [{ ...step, nodes: step.nodes.with(layer, changed) }] };
  return tell(goOn(told, 0, layer + 1));
};

/**
 * Posts the claim.
 * @param operator of the node whose chain this is
 * @param at where the run is wrong
 */
export const claimWrongly = async (
  rpcUrl: string,
  operator: Hex,
  file: string,
  at: { readonly layer: number; readonly element: number },
): Promise<RealDispute> => {
  const contracts = predictAddresses({ operator });
  const [provider, challenger] = [
    unwrap(await connect(rpcUrl, { key: KEYS[0] })),
    unwrap(await connect(rpcUrl, { key: KEYS[1] })),
  ];
  const checked = unwrap(readProgram(bytesSource(new Uint8Array(readFileSync(file)))));
  const inputs = checked.inputs.map(({ dtype, shape, low, high }) =>
    tensor(
      dtype,
      shape,
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => low + (i % (high - low + 1))),
    ),
  );
  const own = unwrap(await openRun(openProgram(checked), inputs));
  const story = await wrongRun(own, at.layer, at.element);
  const me = signerOf(provider).address;
  const claim: Claim = {
    request: {
      requester: me,
      provider: me,
      program: to0x(story.run.program),
      input: to0x(story.run.input),
      verifier: contracts.tensorVerifier,
      priceMicroUsd: 0n,
      bondMicroUsd: 50_000_000n,
      deadline: 2n ** 40n,
      windowSeconds: 3_600,
      clockSeconds: 1_800,
      premiumPpm: 10_000,
      proofRequired: false,
      callback: `0x${'0'.repeat(40)}`,
      nonce: BigInt(to0x(crypto.getRandomValues(new Uint8Array(32)))),
    },
    provider: me,
    output: to0x(story.run.output),
    trace: to0x(story.run.trace),
  };
  const id = claimIdOf(claim, { chainId: provider.chainId, arbiter: contracts.arbiter });
  unwrap(await fund(provider, contracts, claim.request.bondMicroUsd, id));
  const shown = [];
  for (const each of questionsForInputs(inputs, 8) ?? []) {
    const question = encodeQuestion(each);
    shown.push({ question: to0x(question), answer: to0x(unwrap(await answerOf(story, question, NO_RECORD))) });
  }
  await send(provider, contracts, { kind: 'claim', claim, signature: '0x', shown });

  const terms = unwrap(await readTerms(challenger, contracts));
  const exchanges: Exchange[] = [];
  let record = NO_RECORD;
  let asked: Uint8Array | null = null;

  const challenge = async (): Promise<'ask' | 'refute'> => {
    const move = await nextMove(own, story.run, exchanges);
    if (move.kind === 'refute') {
      const disputeId = move.inDispute ? 1n : 0n;
      await send(challenger, contracts, { kind: 'refute', claim, disputeId, proof: to0x(move.proof) });
      return 'refute';
    }
    if (move.kind !== 'ask') throw new RangeError(move.kind);
    const { baseFeePerGas } = await challenger.reader.getBlock();
    const prepayWei = prepaymentFor(terms, { baseFeeWei: baseFeePerGas ?? 0n });
    const question = to0x(move.question);
    const first = unwrap(await readDispute(challenger, contracts, id, 1n)).turn === 'none';
    if (first) {
      const stake = (claim.request.bondMicroUsd * terms.stakePpm) / 1_000_000n;
      unwrap(await fund(challenger, contracts, stake, `${id} stake`));
      await send(challenger, contracts, { kind: 'dispute', claim, question, prepayWei });
    } else await send(challenger, contracts, { kind: 'ask', claim, disputeId: 1n, question, prepayWei });
    asked = move.question;
    return 'ask';
  };

  const answer = async (): Promise<void> => {
    const question = asked!;
    const given = await lie(story, question, record, 0);
    if (given === null) throw new RangeError('the story has no answer');
    const [questionHex, answerHex] = [to0x(question), to0x(given)];
    await send(provider, contracts, { kind: 'answer', claim, disputeId: 1n, question: questionHex, answer: answerHex });
    record = judge(story.run, question, record, given).record;
    exchanges.push({ question, answer: given });
  };

  return {
    claimId: toHex(Buffer.from(id.slice(2), 'hex')),
    challenge,
    answer,
    provider: me,
    challenger: signerOf(challenger).address,
    close: own.close,
  };
};
