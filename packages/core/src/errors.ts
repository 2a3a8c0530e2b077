/**
 * The one table of everything that can go wrong, and how each edge answers it.
 *
 * Expected refusals (a late trade, a bad proof) are returned as data: a {@link Problem} inside a
 * {@link Result}. Throwing a {@link SuretyError} is for callers' bugs and broken environments.
 */

/** How each edge (HTTP, CLI, a retrying client) answers a code. */
export type ErrorRule = {
  /** HTTP status of a response that carries this code. */
  readonly http: number;
  /** Exit status of the command line (0 is success; 2 is usage, as people expect). */
  readonly exit: number;
  /** Whether sending the very same request again can succeed. */
  readonly retryable: boolean;
  /** One sentence: what it means. */
  readonly summary: string;
};

/** A rule for a request that fails the same way however often it is sent. */
const rule = (http: number, exit: number, summary: string): ErrorRule => ({ http, exit, retryable: false, summary });

/** A rule for a request that can succeed when it is sent again. */
const again = (http: number, exit: number, summary: string): ErrorRule => ({ http, exit, retryable: true, summary });

/**
 * Every code that may leave any edge of Surety; `docs/errors` is written from this table and
 * Solidity's custom errors share the names. Keep it sorted by area.
 */
export const ERRORS = {
  // --- shape of bytes -------------------------------------------------------------------------
  'input.empty': rule(400, 2, 'A required value is empty.'),
  'input.too-large': rule(413, 2, 'A value is larger than its stated limit.'),
  'input.malformed': rule(400, 2, 'Bytes are not of the form they claim to be.'),
  'input.not-canonical': rule(400, 2, 'Bytes decode, but are not the one canonical encoding of their value.'),
  'input.unknown-field': rule(400, 2, 'A field is not part of this object.'),
  'input.missing-field': rule(400, 2, 'A required field is missing.'),
  'input.out-of-range': rule(400, 2, 'A number lies outside its stated range.'),
  'amount.not-integer': rule(400, 2, 'An amount is not a whole number of base units.'),
  'amount.negative': rule(400, 2, 'An amount is below zero where it may not be.'),
  // --- intent: reading a question -------------------------------------------------------------
  'intent.not-understood': rule(422, 2, 'The words are not a question of a known kind.'),
  'intent.no-subject': rule(422, 2, 'The question names no site, address, message, delivery or dated event.'),
  'intent.many-subjects': rule(422, 2, 'The question names more than one subject.'),
  'intent.bad-host': rule(422, 2, 'A host name is not one that the public internet could resolve.'),
  'intent.private-host': rule(422, 2, 'A host is private, local or reserved, so others cannot look at it.'),
  'intent.bad-url': rule(422, 2, 'A link is malformed or not http(s).'),
  'intent.bad-address': rule(422, 2, 'Not an EVM address of 20 bytes.'),
  'intent.bad-checksum': rule(422, 2, 'A mixed-case address fails its EIP-55 checksum, so a character is wrong.'),
  'intent.unknown-chain': rule(422, 2, 'The named chain is not a known EVM chain.'),
  'intent.no-deadline': rule(422, 2, 'A forecast names no day by which it is decided.'),
  'intent.ambiguous-date': rule(422, 2, 'A date can be read in more than one way.'),
  'intent.past-deadline': rule(422, 2, 'The deadline has already passed.'),
  // --- screening: questions nobody may pay for ------------------------------------------------
  'screening.violence': rule(451, 3, 'The question would pay for harm to a person.'),
  'screening.terror': rule(451, 3, 'The question would pay for an attack on people or places.'),
  'screening.self-harm': rule(451, 3, 'The question would pay for self-harm.'),
  'screening.minors': rule(451, 3, 'The question sexualises or endangers a child.'),
  'screening.doxxing': rule(451, 3, 'The question would pay for finding or exposing a person.'),
  'screening.theft': rule(451, 3, 'The question would pay for stealing keys or money.'),
  // --- the journal: durable events, leases, the same request twice ------------------------------
  'journal.unavailable': again(
    503,
    69,
    'The database did not confirm the change; whether it was kept is decided by asking again with the same idempotency key.',
  ),
  'journal.stream-held': again(503, 69, 'Another node holds the lease of this stream.'),
  'journal.fenced': again(503, 69, 'Another writer took this stream over; nothing was written.'),
  'journal.overloaded': again(503, 69, 'More events are waiting to become durable than the stated limit.'),
  'journal.storage-full': again(507, 69, 'The database has no space left; nothing was written.'),
  'journal.corrupt': rule(500, 70, 'Stored events or a snapshot do not match their hashes.'),
  'journal.closed': again(503, 69, 'The node is shutting down.'),
  'journal.cannot-open': {
    http: 503,
    exit: 69,
    retryable: true,
    summary: 'The database could not be reached, or did not let us in.',
  },
  'journal.newer-schema': rule(500, 78, 'The database was written by a newer version of Surety.'),
  'idempotency.conflict': rule(409, 65, 'The idempotency key was used before with another body.'),
  'idempotency.in-flight': again(409, 75, 'The first request with this idempotency key is still being worked on.'),
  // --- processes that a node starts -------------------------------------------------------------
  'process.already-running': rule(503, 69, 'Another node is running on this data directory.'),
  'process.port-taken': rule(503, 69, 'Another program listens on the port that was asked for.'),
  'process.disk-full': rule(507, 69, 'The disk is full.'),
  'process.no-permission': rule(500, 77, 'The system did not permit a file or a process to be used.'),
  'process.data-corrupt': rule(500, 65, 'The data directory is damaged or of another version.'),
  'process.not-installed': rule(500, 69, 'A program that comes from npm is missing for this platform.'),
  'process.start-failed': again(503, 69, 'A child process ended or did not answer while starting.'),
  // --- accounts, sessions and cover ----------------------------------------------------------
  'account.insufficient-funds': rule(402, 3, 'The account holds less than the action needs.'),
  'account.leaving': rule(
    409,
    3,
    'The account demands all its cash on chain, and bets nothing until that is answered.',
  ),
  'account.unknown': rule(404, 4, 'No account with that address has been seen here.'),
  'action.replayed': rule(409, 5, 'An action with this nonce was already carried out.'),
  'action.expired': rule(400, 5, 'The action was signed to be void by now, or lives longer than is allowed.'),
  'action.bad-signature': rule(401, 6, 'The signature does not belong to this action and key.'),
  'session.unknown': rule(401, 6, 'The account has not delegated to this session key.'),
  'session.expired': rule(401, 6, 'The delegation to this session key has expired.'),
  'session.out-of-scope': rule(403, 6, 'The delegation does not cover this kind of action.'),
  'session.limit-exceeded': rule(403, 6, 'The action would move more than the delegation allows.'),
  'session.stale-delegation': rule(409, 5, 'A delegation with this or a higher nonce is already known.'),
  'passkey.malformed': rule(400, 2, 'What a passkey ceremony gave is not of the form that WebAuthn states.'),
  'passkey.wrong-context': rule(401, 6, 'A passkey was used on another page, for another name or for other bytes.'),
  'passkey.nobody-there': rule(401, 6, 'The authenticator does not say that it checked who is there.'),
  'passkey.not-used': rule(400, 1, 'The browser gave no passkey: it was called off, took too long, or there is none.'),
  'passkey.unknown': rule(401, 6, 'No passkey with this id was made here.'),
  'passkey.exists': rule(409, 5, 'A passkey with this id was made before, with another key.'),
  'passkey.counter': rule(409, 5, "An authenticator's count of signatures did not rise: its key may have been copied."),
  'passkey.advice-only': rule(403, 6, 'Passkeys are free, so they advise and follow, and nothing else.'),
  'deposit.already-credited': rule(409, 5, 'This deposit was credited before.'),
  'cover.none': rule(404, 4, 'No cover is reserved for this claim.'),
  'cover.bond-exhausted': rule(409, 3, "The payer's bond cannot carry this cover."),
  'cover.not-due': rule(409, 5, 'The receipt has not been overturned, so its cover is not due.'),
  // --- the node's own set-up ------------------------------------------------------------------
  'config.invalid': rule(500, 78, 'An environment variable has a value that cannot be used.'),
  'config.keys-unreadable': rule(500, 78, "The operator's key file is damaged."),
  // --- http, streams, webhooks: the node's edge -------------------------------------------------
  'http.not-found': rule(404, 2, 'There is nothing at this path.'),
  'http.method-not-allowed': rule(405, 2, 'The path exists, the method does not.'),
  'http.unsupported-type': rule(415, 2, 'A body is not JSON in UTF-8.'),
  'http.timeout': again(408, 75, 'A request took too long.'),
  'http.forbidden-host': rule(421, 77, 'The Host header names another server.'),
  'http.forbidden-origin': rule(403, 77, 'A browser page may not call this.'),
  'http.unreachable': again(502, 69, 'No answer came from the node.'),
  'http.not-surety': rule(502, 69, 'The answer is not one of a Surety node.'),
  'rate.limited': again(429, 75, 'Too many requests from here just now.'),
  'service.unavailable': again(503, 69, 'The node is starting, stopping or overloaded.'),
  'auth.operator-only': rule(401, 77, "Needs the operator's token."),
  'network.development-only': rule(403, 77, 'Only development networks do this.'),
  'stream.unknown': rule(404, 2, 'There is no such stream.'),
  'stream.stale': rule(400, 2, 'The sequence lies beyond the end of the stream.'),
  'stream.slow-consumer': again(503, 75, 'The reader fell too far behind.'),
  'webhook.forbidden-target': rule(400, 2, 'A webhook may not point there.'),
  'webhook.unknown': rule(404, 4, 'The account has no such webhook.'),
  'webhook.failed': again(502, 75, 'A webhook did not accept a delivery.'),
  'notices.off': rule(409, 77, 'This node sends no notices of that kind.'),
  'notices.forbidden-target': rule(400, 2, 'Notices may not be sent there.'),
  'notices.unknown': rule(404, 4, 'There is no such subscription to notices.'),
  'notices.failed': again(502, 75, 'A notice was not taken by whom it was sent to.'),
  // --- markets --------------------------------------------------------------------------------
  'market.not-open': rule(409, 1, 'The market no longer takes orders, or does not yet.'),
  'market.exists': rule(409, 1, 'The market was opened before.'),
  'market.past-deadline': rule(409, 1, 'An order or evidence came at or after the deadline of its market.'),
  'market.before-deadline': rule(409, 1, 'A market was to be closed or resolved before its deadline.'),
  'market.replay-differs': rule(422, 1, 'A market does not follow from its trades.'),
  'market.wrong-phase': rule(409, 1, 'The market is not in the phase that this step needs.'),
  'market.unknown-account': rule(404, 1, 'The account has no budget in this market.'),
  'market.unknown-outcome': rule(400, 1, 'The outcome is not one of this market.'),
  'market.budget-exceeded': rule(402, 1, 'The order costs more than the budget that the account has in this market.'),
  'market.shares-exceeded': rule(409, 1, 'The order sells more shares than the account holds.'),
  'market.limit-exceeded': rule(409, 1, 'The order would break its own limit on cost, proceeds or price.'),
  'market.price-floor': rule(409, 1, 'The order would take a price below one in a billion.'),
  'market.quantity-limit': rule(409, 1, 'The order would take a quantity beyond what the engine can hold.'),
  'market.nothing-to-trade': rule(409, 1, 'The order comes to no shares at all.'),
  'market.full': rule(409, 1, 'The market holds as many accounts or pieces of evidence as it may.'),
  'market.duplicate-evidence': rule(409, 1, 'This account attached this evidence before.'),
  // --- signatures -----------------------------------------------------------------------------
  'signature.malformed': rule(400, 2, 'A signature or key is not of its one accepted form.'),
  'signature.wrong-signer': rule(401, 1, 'A signature is not by the expected key over exactly this message.'),
  'signature.wrong-operator': rule(400, 1, 'A signature names another operator than the one that it was brought to.'),
  // --- chain: the RPC edge, then what contracts refuse --------------------------------------------
  'chain.unreachable': again(503, 69, 'The chain does not answer at its RPC address.'),
  'chain.wrong-chain': rule(409, 78, 'The RPC address serves another chain than the one expected.'),
  'chain.bad-response': again(502, 69, 'The chain answered something that is not what was asked for.'),
  'chain.no-key': rule(400, 78, 'Writing to the chain needs a key and none was given.'),
  'chain.no-funds': rule(409, 69, 'The key cannot pay for the gas.'),
  'chain.gas-bound': rule(409, 69, 'A call would take more gas than such a call may.'),
  'chain.not-deployed': rule(409, 78, 'There is no code at a contract address.'),
  'chain.token-required': rule(400, 78, 'This is no development chain, so an existing dollar token must be named.'),
  'chain.deployer-refused': rule(
    409,
    69,
    'The chain does not take the keyless transaction that makes the CREATE2 deployer.',
  ),
  'chain.lost': again(
    503,
    69,
    'A transaction was sent and not seen mined in time; sending the same intent again is safe.',
  ),
  'chain.reverted': rule(409, 1, 'A contract refused a call with an error that is not in the table.'),
  'chain.history-unavailable': again(
    503,
    69,
    'The chain no longer, or not yet, knows the state of the block that counts as final.',
  ),
  'settlement.not-active': rule(409, 1, 'The settlement contract is in exit mode.'),
  'settlement.not-exiting': rule(409, 1, 'The settlement contract is not in exit mode.'),
  'settlement.root-out-of-order': rule(409, 1, 'A root does not follow the last posted one.'),
  'settlement.root-unknown': rule(404, 1, 'No root has this number.'),
  'settlement.root-too-young': again(409, 1, 'A root is paid from only once its challenge delay is over.'),
  'settlement.root-above-deposits': rule(409, 1, 'A root counts more money than deposits minus withdrawals.'),
  'settlement.counted-short': rule(
    409,
    1,
    'Roots have paid out all deposits that they counted: they cannot have been honest.',
  ),
  'settlement.went-back': rule(409, 1, 'A root counts fewer journal events or deposits than the one before.'),
  'settlement.deposit-unknown': rule(404, 1, 'No deposit has this number.'),
  'settlement.deposits-differ': rule(409, 1, 'The chain holds other deposits under these numbers: it was rewound.'),
  'settlement.deposit-not-pending': rule(409, 1, 'A deposit was already counted by a root or reclaimed.'),
  'settlement.deposit-not-overdue': again(409, 1, 'A deposit can be reclaimed only once the operator is late.'),
  'settlement.path-not-in-root': rule(409, 1, 'A leaf and its path do not lead to the posted root.'),
  'settlement.nothing-to-withdraw': rule(409, 1, 'All that was authorised is already paid.'),
  'settlement.already-exited': rule(409, 1, 'This account has already left.'),
  'settlement.not-your-leaf': rule(403, 1, 'Only the account itself can force its withdrawal.'),
  'settlement.forced': rule(409, 1, 'A forced withdrawal does not fit this request or answer.'),
  'settlement.operator-only': rule(403, 1, 'Only the operator of a settlement contract can do this.'),
  'settlement.operator-in-time': again(409, 1, 'The operator is not late, so exit mode cannot start.'),
  'settlement.sum-overflow': rule(409, 1, 'Sums of a tree leave 128 bits.'),
  // --- arbiter: claims with a bond, and disputes about them -------------------------------------------
  'arbiter.request-expired': rule(409, 1, 'The deadline of a request has passed.'),
  'arbiter.request-for-another': rule(403, 1, 'A request names another provider.'),
  'arbiter.request-differs': rule(409, 1, 'What was brought is not what a request was signed for.'),
  'arbiter.claim-unknown': rule(404, 4, 'No claim with that id is known here, or it was decided long ago.'),
  'arbiter.claim-state': rule(409, 1, 'The claim is unknown, or was decided before.'),
  'arbiter.claim-undecided': rule(409, 1, 'The claim is not decided yet.'),
  'arbiter.window-over': rule(409, 1, 'The time in which a claim can be disputed or covered has passed.'),
  'arbiter.window-open': again(409, 1, 'A claim is final only once its window is over.'),
  'arbiter.disputes-open': again(409, 1, 'The claim is disputed, and waits for the end of all its disputes.'),
  'arbiter.dispute-unknown': rule(404, 1, 'The claim has no dispute with this number.'),
  'arbiter.wrong-turn': rule(409, 1, 'It is the other side that has to move, or the dispute is closed.'),
  'arbiter.clock-run-out': rule(409, 1, 'The time that this side had for all its moves has run out.'),
  'arbiter.clock-running': again(409, 1, 'The side that has to move still has time.'),
  'arbiter.other-side': rule(403, 1, 'Only one side of the dispute can make this move.'),
  'arbiter.question-differs': rule(409, 1, 'The question is not the one that was asked.'),
  'arbiter.questions-spent': rule(409, 1, 'The dispute has had all the questions that it may have.'),
  'arbiter.prepayment-short': rule(402, 1, 'A question brings less native currency than its answer may cost.'),
  'arbiter.not-shown': rule(409, 1, 'The route does not find what this call needs it to.'),
  'arbiter.route-failed': rule(409, 1, 'The route could not judge a proof: it is malformed, or the route is broken.'),
  'arbiter.callback-gas': again(409, 1, 'The gas limit leaves too little for the call back to the consumer.'),
  'arbiter.native-refused': rule(409, 1, 'The address did not take the native currency.'),
  // --- court: whether an answer is right ---------------------------------------------------------------
  'court.case-exists': rule(409, 1, 'An outcome was proposed in this case before.'),
  'court.case-unknown': rule(404, 4, 'Nothing was proposed in this case.'),
  'court.wrong-phase': rule(409, 1, 'The case is not in the phase that this step needs.'),
  'court.too-early': again(409, 1, 'A window of the case has not begun, or not ended, yet.'),
  'court.too-late': rule(409, 1, 'A window of the case is over.'),
  'court.unknown-outcome': rule(400, 1, 'The case has no such outcome, or nobody stands for it where somebody must.'),
  'court.standing-outcome': rule(409, 1, 'A challenge or appeal is for the outcome that stands already.'),
  'court.bond-short': rule(402, 1, 'A bond or an audit is below what the policy asks.'),
  'court.not-auditor': rule(403, 1, 'Only the auditor of a policy calls a panel without standing for an outcome.'),
  'court.juror-party': rule(403, 1, 'Who was drawn in a case cannot bear a bond in it.'),
  'court.not-seated': rule(403, 1, 'The account has no seat in this round.'),
  'court.drawn': rule(409, 1, 'The panel of a round is drawn once.'),
  'court.beacon-source': rule(409, 1, 'A panel is drawn from the one source that is due at that time.'),
  'court.already-voted': rule(409, 1, 'The seat has committed to, or opened, its vote.'),
  'court.commitment-differs': rule(409, 1, 'An opening is not what the seat committed to.'),
  'court.reading-missing': rule(400, 2, 'A vote of a person comes without the digest of its reason.'),
  'court.not-excluded': rule(422, 1, 'A proof does not lead from a juror to the root of those excluded.'),
  'court.stake-short': again(409, 1, 'A juror who was drawn has taken back stake meanwhile.'),
  'court.statements-full': rule(409, 1, 'The case takes no further statement, or none of this account.'),
  'court.other-role': rule(403, 1, 'Another party of the court takes this step.'),
  'court.not-final': again(409, 1, 'The case has not ended yet.'),
  'court.fee-short': again(402, 1, 'What a seat earns does not pay for the gas of serving it.'),
  'court.policy-unfit': rule(400, 2, 'A policy, or what a case asks for, is outside what the court takes.'),
  'court.registry': rule(409, 1, 'A juror cannot register so: its family, key, stake or ticket does not fit.'),
  'court.interface': rule(400, 1, 'An adapter of the court does not take such a question, currency or answer.'),
  'court.nothing-to-withdraw': rule(409, 1, 'The account has nothing to withdraw.'),
  'court.person-token': rule(
    422,
    1,
    'A token does not show that an account is one person to the issuer that the court believes.',
  ),
  'court.no-issuer': rule(409, 1, 'The court takes no tokens of persons: it draws people by their stakes.'),
  'beacon.malformed': rule(400, 2, 'A round of a beacon is not of the form of its network.'),
  'beacon.signature': rule(422, 1, 'A round of a beacon is not signed by the key of its network.'),
  // --- anchors, cover and tokens on chain ---------------------------------------------------------------
  'anchor.not-newer': rule(409, 1, 'The log is already anchored at this size or beyond.'),
  'anchor.forked': rule(409, 70, 'A log root is not shown to extend the anchored one.'),
  'cover.expired': rule(409, 1, 'The time in which cover can be redeemed is over.'),
  'cover.not-expired': again(409, 1, 'Cover stays reserved until its time is over.'),
  'cover.settled': rule(409, 1, 'This cover was already reserved, paid or released.'),
  'cover.ruling-mismatch': rule(409, 1, 'The second receipt does not overturn the first in time.'),
  'receipt.not-final': rule(409, 1, 'The receipt is not final.'),
  'receipt.not-logged': rule(409, 1, 'The receipt is not in the anchored log.'),
  'token.not-approved': rule(409, 1, 'The token was not approved for this amount.'),
  'token.authorization-time': rule(409, 1, 'A signed token authorisation is not valid yet or any more.'),
  // --- the log --------------------------------------------------------------------------------
  'log.bad-inclusion': rule(422, 1, 'An inclusion proof does not lead to the root of the checkpoint.'),
  'log.bad-consistency': rule(422, 1, 'Two checkpoints are not joined by the proof: the log may have forked.'),
  'log.bad-note': rule(422, 1, 'A signed note is not of the one accepted form.'),
  'log.bad-checkpoint': rule(422, 1, 'A checkpoint is not of the one accepted form.'),
  'log.bad-signature': rule(422, 1, 'A checkpoint is not signed by the pinned key of its log.'),
  'log.bad-cosignature': rule(422, 1, 'A checkpoint is not cosigned by a pinned witness.'),
  'log.no-such-tile': again(404, 4, 'The log has not grown to that tile yet.'),
  'log.forked': rule(409, 1, 'Two signed checkpoints of one log contradict one another.'),
  'log.bad-tile': rule(502, 1, 'A tile or entry bundle does not have the content its place requires.'),
  // --- evidence -------------------------------------------------------------------------------
  'evidence.refuted': rule(422, 1, 'A piece of evidence contradicts the claim or its own program.'),
  'evidence.unknown-program': rule(422, 1, 'Evidence names a program that cannot be run again here.'),
  // --- receipts -------------------------------------------------------------------------------
  'receipt.changed': rule(422, 1, 'Part of a receipt no longer has the digest that was signed.'),
  'receipt.refuted': rule(422, 1, 'Evidence in a receipt contradicts what the receipt says.'),
  'receipt.clock-skew': rule(422, 1, 'A receipt is issued in the future of the clock that verifies it.'),
  'receipt.unrelated': rule(422, 1, 'A later receipt is not of the same claim, or not later.'),
  'receipt.self-signed': rule(422, 3, 'The issuer of a receipt is not pinned: self-signed, not trusted.'),
  'receipt.unknown-log': rule(422, 3, 'The log of a receipt is not pinned.'),
  'receipt.too-few-witnesses': rule(422, 3, 'Fewer pinned witnesses cosigned a checkpoint than the trust file wants.'),
  'receipt.foreign-network': rule(422, 4, 'A receipt belongs to a network that is not pinned.'),
  'receipt.development': rule(422, 5, 'A receipt of a development network, which the trust file does not allow.'),
  'receipt.replaced': rule(409, 6, 'A later ruling replaced the answer of a receipt.'),
  'receipt.inconsistent': rule(422, 1, 'Fields of a receipt contradict one another.'),
  // --- the life of a question -----------------------------------------------------------------
  'question.unknown': rule(404, 4, 'No question with that id was asked here.'),
  'question.wrong-phase': rule(409, 5, 'The question has not come to, or has passed, the phase that this needs.'),
  'question.evidence-full': rule(409, 5, 'The question holds as much evidence as it may.'),
  'question.not-challengeable': rule(409, 5, 'The answer cannot be challenged (any more).'),
  'question.too-early': again(409, 5, 'The time for this has not come.'),
  'question.claim-mismatch': rule(400, 5, 'The claim is not the one that was read back, or not valid here.'),
  'ledger.unbalanced': rule(500, 70, 'A bug: a transaction would have made or lost value, and was stopped.'),
  'receipt.unknown': rule(404, 4, 'No receipt with that id was issued here.'),
  // --- command line ---------------------------------------------------------------------------
  'cli.usage': rule(400, 2, 'The command line is not one that Surety knows.'),
  'cli.no-node': again(503, 69, 'No Surety node runs here.'),
  'cli.file-unreadable': rule(400, 66, 'A file cannot be read.'),
  'cli.file-unwritable': rule(500, 73, 'A file cannot be written.'),
  'cli.declined': again(400, 130, 'The person at the terminal said no.'),
  'cli.needs-yes': rule(400, 2, 'Nobody is at the terminal to confirm.'),
  'cli.reading-differs': rule(409, 76, 'The node read the question otherwise than this machine does.'),
  'cli.bad-player': rule(400, 65, 'A player file does not hold a player.'),
  'action.wrong-network': rule(400, 5, 'The action was signed for another chain.'),
  'withdrawal.other-address': rule(400, 5, 'Withdrawals go to the address of the account only.'),
  // --- models: what a program is made from ------------------------------------------------------
  'model.malformed': rule(422, 65, 'A model contradicts its own format: it is damaged or was made to mislead.'),
  'model.unsupported': rule(422, 65, 'A model needs something that programs do not have, or not yet.'),
  'model.inaccurate': rule(422, 65, 'A program is further from its model than its policy accepts.'),
  'model.too-large': rule(413, 65, 'A model, or something in it, is larger than its stated limit.'),
  // --- signed models: OpenSSF model-signing bundles ------------------------------------------------
  'model.bundle-malformed': rule(422, 65, 'Bytes are not a model-signing bundle.'),
  'model.bundle-unsupported': rule(422, 65, 'A model-signing bundle uses something that is not read here.'),
  'model.bundle-inconsistent': rule(422, 65, 'Parts of a signed statement about a model contradict one another.'),
  'model.file-refused': rule(422, 65, 'A file of a model has a name, kind or digest that cannot be compared.'),
  'model.files-differ': rule(422, 1, 'The files of a model are not exactly those that were signed.'),
  'model.signature-wrong': rule(422, 1, 'The signature of a model does not fit its statement and key.'),
  'model.signer-untrusted': rule(422, 3, 'No pinned key, certificate or identity vouches for the signer of a model.'),
  'model.certificate-refused': rule(422, 1, 'A certificate behind the signature of a model breaks a rule.'),
  'model.log-refused': rule(422, 1, 'The transparency log entry of a signed model does not hold.'),
  // --- publications of models -------------------------------------------------------------------
  'publication.unknown': rule(404, 4, 'No publication with that id, or no model of that name, is known here.'),
  'publication.name': rule(400, 2, 'A name of a model is not of the stated form.'),
  'publication.past-date': rule(
    400,
    2,
    'The date by which a model is to be revealed is past, too far ahead, or missing.',
  ),
  'publication.bond': rule(400, 3, 'The bond of a hidden publication is below its minimum, or an open one has one.'),
  'publication.not-stored': rule(409, 4, 'A file that is named is not stored here; store it first.'),
  'publication.not-equal': rule(422, 1, 'A program, with its salt, is not the one that was committed to.'),
  'publication.revealed': rule(409, 5, 'The publication is open or was revealed before.'),
  'publication.not-due': again(409, 5, 'The time for this has not come.'),
  'publication.not-yours': rule(403, 6, 'Only its publisher can do this.'),
  'publication.full': rule(409, 3, 'A model holds as many versions as it may.'),
  'publication.raced': again(409, 75, 'Another version was published at the same moment.'),
  'publication.changed': rule(422, 1, 'A publication is not what its publisher signed, or not what its id names.'),
  'publication.salt-lost': rule(400, 66, 'The salt of a hidden publication is not in this folder.'),
  'file.unknown': rule(404, 4, 'No file with that id is stored here.'),
  'file.no-room': again(507, 75, 'No room was asked for this file, or there is none left.'),
  'file.offset': rule(409, 5, 'A part does not begin where the last one ended.'),
  'file.other-id': rule(422, 1, 'The bytes of a file give another id than the one they were sent under.'),
  'file.damaged': rule(500, 70, 'A stored file no longer has the bytes that its id names.'),
  'probes.malformed': rule(422, 65, 'A probe set is not of its stated form.'),
  // --- programs: models as exact integer arithmetic ---------------------------------------------
  'program.malformed': rule(422, 65, 'Bytes are not a program file.'),
  'program.invalid': rule(422, 65, 'A program breaks a rule of its specification.'),
  'program.unbounded': rule(422, 65, 'It cannot be proved that a value of a program stays within its range.'),
  'program.input': rule(422, 65, 'An input of a run is not of the type or range that the program states.'),
  'program.too-large': rule(413, 65, 'Running a program takes more memory than its stated limit.'),
  'program.not-held': rule(404, 66, 'The program that an adapter names is not held here.'),
  'program.opening': rule(422, 65, 'An opened chunk does not belong to the tensor that was committed to.'),
  // --- proofs of runs -------------------------------------------------------------------------
  'proof.malformed': rule(422, 65, 'Bytes are not a proof file.'),
  'proof.refuted': rule(422, 1, 'A proof does not show what it claims.'),
  'proof.other': rule(409, 1, 'A proof is of another program, input or output than the one asked about.'),
  'proof.used-up': rule(409, 1, 'A commitment has served as many proofs as it can hide its values in.'),
  'proof.unsupported': rule(422, 65, 'A program cannot be proved as it is.'),
  'proof.too-large': rule(413, 65, 'Proving a program takes more memory than its stated limit.'),
  'proof.thread-lost': again(503, 75, 'A thread that took part in proving ended before its work did.'),
  // --- the optimistic route: disputes about runs of programs --------------------------------------
  'route.unavailable': rule(501, 69, 'This way to prove a run is not to be had here.'),
  'optimistic.malformed': rule(422, 65, 'Bytes are not a question, an answer or a refutation of the specification.'),
  'optimistic.private': rule(
    422,
    4,
    'A private program or input cannot be disputed, so no claim about it is made or relied on by the optimistic route.',
  ),
  'optimistic.not-held': rule(404, 66, 'What a claim names, or what a question asks for, is not held here.'),
  'optimistic.not-disputable': rule(422, 65, 'A wrong run of a program could not be shown to be wrong.'),
  'statistical.malformed': rule(422, 65, 'Bytes are not a record, a batch or a fingerprint of the specification.'),
  'statistical.unfit': rule(422, 65, 'A record, key or batch cannot be used for the check that was asked for.'),
  'statistical.key-spent': rule(409, 65, 'A secret key was used after a rejection that the provider learnt of.'),
  'statistical.beacon': rule(422, 65, 'A beacon was not later than the commitment that it is to question.'),
  'adapter.mismatch': rule(422, 65, 'An adapter does not fit the program that it is to be used with.'),
  // --- attestations: what a maker of hardware vouches for -----------------------------------------
  'attestation.malformed': rule(422, 65, 'Bytes are not an attestation, or collateral, of the form they claim to be.'),
  'attestation.unsupported': rule(422, 65, 'An attestation is of a version or kind that is not read here.'),
  'attestation.untrusted': rule(422, 3, 'No pinned root of a hardware maker vouches for an attestation.'),
  'attestation.certificate-refused': rule(422, 1, 'A certificate behind an attestation breaks a rule.'),
  'attestation.signature-wrong': rule(422, 1, 'A signature of an attestation does not fit what it signs.'),
  'attestation.revoked': rule(422, 1, 'A certificate behind an attestation was revoked.'),
  'attestation.collateral': rule(
    422,
    4,
    'Collateral of an attestation is missing, out of date or for another machine.',
  ),
  'attestation.debug': rule(422, 1, 'The attested memory can be read from outside: debug mode.'),
  'attestation.tcb': rule(422, 1, 'The attested machine is not as well patched as the policy asks.'),
  'attestation.measurement': rule(422, 1, 'The attested code is not on the list of accepted code.'),
  'attestation.stale': rule(422, 1, 'An attestation is older than accepted, or does not answer the challenge.'),
  'attestation.development': rule(422, 5, 'An attestation by no hardware, for development, which the policy refuses.'),
  'attestation.key': rule(422, 1, 'An attestation binds no key, or another one.'),
  // --- anything unexpected --------------------------------------------------------------------
  internal: again(500, 70, 'A bug in Surety; the details are in the log under the given id.'),
} as const satisfies Record<string, ErrorRule>;

export type ErrorCode = keyof typeof ERRORS;

/** A refusal as data. `next` says what the caller can do about it. */
export type Problem = {
  readonly code: ErrorCode;
  /** A whole sentence for people, naming the field, the value and the limit. */
  readonly message: string;
  /** What to do next, as a whole sentence. */
  readonly next: string;
  /** Dotted path of the offending field, e.g. `order.shares`. */
  readonly field?: string;
  /** The offending value, shortened to 120 characters. */
  readonly value?: string;
  /** The limit it broke, e.g. `1 .. 1000000`. */
  readonly limit?: string;
};

/** Success with a value, or a refusal with its {@link Problem}. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const refuse = (problem: Problem): { readonly ok: false; readonly problem: Problem } => ({ ok: false, problem });

/** Any JavaScript value as at most 120 characters, for {@link Problem.value}. Never throws. */
export const show = (value: unknown): string => {
  let text: string;
  try {
    text =
      typeof value === 'string'
        ? value
        : typeof value === 'bigint'
          ? value.toString()
          : (JSON.stringify(value) ?? String(value));
  } catch {
    text = Object.prototype.toString.call(value);
  }
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
};

/** Makes refusals of one family of codes; `field` is a dotted path into what was given, `value` is shown at most in part. */
export const refuserOf =
  <Code extends ErrorCode>() =>
  (
    code: Code,
    field: string,
    message: string,
    next: string,
    more: { readonly value?: unknown; readonly limit?: string } = {},
  ): { readonly ok: false; readonly problem: Problem } =>
    refuse({
      code,
      message,
      next,
      field,
      ...('value' in more && { value: show(more.value) }),
      ...(more.limit !== undefined && { limit: more.limit }),
    });

/** A check that failed. */
export type Refusal = { readonly ok: false; readonly problem: Problem };

/** A refusal that names the field, its value and the limit it broke, and says what to do next. */
export const refuseField = (
  code: ErrorCode,
  field: string,
  value: unknown,
  limit: string,
  message: string,
  next: string,
): Refusal => refuse({ code, message, next, field, value: show(value), limit });

/** The one error class that Surety throws. */
export class SuretyError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { readonly cause?: unknown }) {
    super(`${problem.message} ${problem.next}`, options);
    this.name = 'SuretyError';
    this.problem = problem;
  }

  get code(): ErrorCode {
    return this.problem.code;
  }

  get rule(): ErrorRule {
    return ERRORS[this.problem.code];
  }

  /** Path of the page that explains this code, below the documentation root. */
  get docsPath(): string {
    return `docs/errors/${this.problem.code.split('.')[0]}.md#${this.problem.code.replaceAll('.', '-')}`;
  }
}

/**
 * The value of a result, or its problem thrown.
 * @throws {SuretyError} with the result's own problem
 */
export const unwrap = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new SuretyError(result.problem);
};

/**
 * States what cannot be otherwise unless Surety itself is wrong; no input leads to it.
 * @throws {SuretyError} `internal` unless `holds`
 */
export const assertInvariant: (holds: boolean, otherwise: string) => asserts holds = (holds, otherwise) => {
  if (!holds) throw new SuretyError({ code: 'internal', message: otherwise, next: 'Report this as a defect.' });
};
