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

/**
 * Every code that may leave any edge of Surety; `docs/errors` is written from this table and
 * Solidity's custom errors share the names. Keep it sorted by area.
 */
export const ERRORS = {
  // --- shape of bytes -------------------------------------------------------------------------
  'input.empty': { http: 400, exit: 2, retryable: false, summary: 'A required value is empty.' },
  'input.too-large': { http: 413, exit: 2, retryable: false, summary: 'A value is larger than its stated limit.' },
  'input.malformed': { http: 400, exit: 2, retryable: false, summary: 'Bytes are not of the form they claim to be.' },
  'input.not-canonical': {
    http: 400,
    exit: 2,
    retryable: false,
    summary: 'Bytes decode, but are not the one canonical encoding of their value.',
  },
  'input.unknown-field': { http: 400, exit: 2, retryable: false, summary: 'A field is not part of this object.' },
  'input.missing-field': { http: 400, exit: 2, retryable: false, summary: 'A required field is missing.' },
  'input.out-of-range': { http: 400, exit: 2, retryable: false, summary: 'A number lies outside its stated range.' },
  'amount.not-integer': {
    http: 400,
    exit: 2,
    retryable: false,
    summary: 'An amount is not a whole number of base units.',
  },
  'amount.negative': { http: 400, exit: 2, retryable: false, summary: 'An amount is below zero where it may not be.' },
  // --- intent: reading a question -------------------------------------------------------------
  'intent.not-understood': {
    http: 422,
    exit: 2,
    retryable: false,
    summary: 'The words are not a question of a known kind.',
  },
  'intent.no-subject': {
    http: 422,
    exit: 2,
    retryable: false,
    summary: 'The question names no site, address, message, delivery or dated event.',
  },
  'intent.many-subjects': {
    http: 422,
    exit: 2,
    retryable: false,
    summary: 'The question names more than one subject.',
  },
  'intent.bad-host': {
    http: 422,
    exit: 2,
    retryable: false,
    summary: 'A host name is not one that the public internet could resolve.',
  },
  'intent.private-host': {
    http: 422,
    exit: 2,
    retryable: false,
    summary: 'A host is private, local or reserved, so others cannot look at it.',
  },
  'intent.bad-url': { http: 422, exit: 2, retryable: false, summary: 'A link is malformed or not http(s).' },
  'intent.bad-address': { http: 422, exit: 2, retryable: false, summary: 'Not an EVM address of 20 bytes.' },
  'intent.bad-checksum': {
    http: 422,
    exit: 2,
    retryable: false,
    summary: 'A mixed-case address fails its EIP-55 checksum, so a character is wrong.',
  },
  'intent.unknown-chain': {
    http: 422,
    exit: 2,
    retryable: false,
    summary: 'The named chain is not a known EVM chain.',
  },
  'intent.no-deadline': {
    http: 422,
    exit: 2,
    retryable: false,
    summary: 'A forecast names no day by which it is decided.',
  },
  'intent.ambiguous-date': {
    http: 422,
    exit: 2,
    retryable: false,
    summary: 'A date can be read in more than one way.',
  },
  'intent.past-deadline': { http: 422, exit: 2, retryable: false, summary: 'The deadline has already passed.' },
  // --- screening: questions nobody may pay for ------------------------------------------------
  'screening.violence': {
    http: 451,
    exit: 3,
    retryable: false,
    summary: 'The question would pay for harm to a person.',
  },
  'screening.terror': {
    http: 451,
    exit: 3,
    retryable: false,
    summary: 'The question would pay for an attack on people or places.',
  },
  'screening.self-harm': { http: 451, exit: 3, retryable: false, summary: 'The question would pay for self-harm.' },
  'screening.minors': {
    http: 451,
    exit: 3,
    retryable: false,
    summary: 'The question sexualises or endangers a child.',
  },
  'screening.doxxing': {
    http: 451,
    exit: 3,
    retryable: false,
    summary: 'The question would pay for finding or exposing a person.',
  },
  'screening.theft': {
    http: 451,
    exit: 3,
    retryable: false,
    summary: 'The question would pay for stealing keys or money.',
  },
  // --- the journal: durable events, leases, the same request twice ------------------------------
  'journal.unavailable': {
    http: 503,
    exit: 69,
    retryable: true,
    summary:
      'The database did not confirm the change; whether it was kept is decided by asking again with the same idempotency key.',
  },
  'journal.stream-held': {
    http: 503,
    exit: 69,
    retryable: true,
    summary: 'Another node holds the lease of this stream.',
  },
  'journal.fenced': {
    http: 503,
    exit: 69,
    retryable: true,
    summary: 'Another writer took this stream over; nothing was written.',
  },
  'journal.overloaded': {
    http: 503,
    exit: 69,
    retryable: true,
    summary: 'More events are waiting to become durable than the stated limit.',
  },
  'journal.storage-full': {
    http: 507,
    exit: 69,
    retryable: true,
    summary: 'The database has no space left; nothing was written.',
  },
  'journal.corrupt': {
    http: 500,
    exit: 70,
    retryable: false,
    summary: 'Stored events or a snapshot do not match their hashes.',
  },
  'journal.closed': { http: 503, exit: 69, retryable: true, summary: 'The node is shutting down.' },
  'journal.newer-schema': {
    http: 500,
    exit: 78,
    retryable: false,
    summary: 'The database was written by a newer version of Surety.',
  },
  'idempotency.conflict': {
    http: 409,
    exit: 65,
    retryable: false,
    summary: 'The idempotency key was used before with another body.',
  },
  'idempotency.in-flight': {
    http: 409,
    exit: 75,
    retryable: true,
    summary: 'The first request with this idempotency key is still being worked on.',
  },
  // --- processes that a node starts -------------------------------------------------------------
  'process.already-running': {
    http: 503,
    exit: 69,
    retryable: false,
    summary: 'Another node is running on this data directory.',
  },
  'process.port-taken': {
    http: 503,
    exit: 69,
    retryable: false,
    summary: 'Another program listens on the port that was asked for.',
  },
  'process.disk-full': { http: 507, exit: 69, retryable: false, summary: 'The disk is full.' },
  'process.no-permission': {
    http: 500,
    exit: 77,
    retryable: false,
    summary: 'The system did not permit a file or a process to be used.',
  },
  'process.data-corrupt': {
    http: 500,
    exit: 65,
    retryable: false,
    summary: 'The data directory is damaged or of another version.',
  },
  'process.not-installed': {
    http: 500,
    exit: 69,
    retryable: false,
    summary: 'A program that comes from npm is missing for this platform.',
  },
  'process.start-failed': {
    http: 503,
    exit: 69,
    retryable: true,
    summary: 'A child process ended or did not answer while starting.',
  },
  // --- accounts, sessions and cover ----------------------------------------------------------
  'account.insufficient-funds': {
    http: 402,
    exit: 3,
    retryable: false,
    summary: 'The account holds less than the action needs.',
  },
  'account.unknown': {
    http: 404,
    exit: 4,
    retryable: false,
    summary: 'No account with that address has been seen here.',
  },
  'action.replayed': {
    http: 409,
    exit: 5,
    retryable: false,
    summary: 'An action with this nonce was already carried out.',
  },
  'action.expired': {
    http: 400,
    exit: 5,
    retryable: false,
    summary: 'The action was signed to be void by now, or lives longer than is allowed.',
  },
  'action.bad-signature': {
    http: 401,
    exit: 6,
    retryable: false,
    summary: 'The signature does not belong to this action and key.',
  },
  'session.unknown': {
    http: 401,
    exit: 6,
    retryable: false,
    summary: 'The account has not delegated to this session key.',
  },
  'session.expired': {
    http: 401,
    exit: 6,
    retryable: false,
    summary: 'The delegation to this session key has expired.',
  },
  'session.out-of-scope': {
    http: 403,
    exit: 6,
    retryable: false,
    summary: 'The delegation does not cover this kind of action.',
  },
  'session.limit-exceeded': {
    http: 403,
    exit: 6,
    retryable: false,
    summary: 'The action would move more than the delegation allows.',
  },
  'session.stale-delegation': {
    http: 409,
    exit: 5,
    retryable: false,
    summary: 'A delegation with this or a higher nonce is already known.',
  },
  'deposit.already-credited': { http: 409, exit: 5, retryable: false, summary: 'This deposit was credited before.' },
  'cover.none': { http: 404, exit: 4, retryable: false, summary: 'No cover is reserved for this claim.' },
  'cover.bond-exhausted': {
    http: 409,
    exit: 3,
    retryable: false,
    summary: "The payer's bond cannot carry this cover.",
  },
  'cover.not-due': {
    http: 409,
    exit: 5,
    retryable: false,
    summary: 'The receipt has not been overturned, so its cover is not due.',
  },
  // --- the node's own set-up ------------------------------------------------------------------
  'config.invalid': {
    http: 500,
    exit: 78,
    retryable: false,
    summary: 'An environment variable has a value that cannot be used.',
  },
  'config.keys-unreadable': { http: 500, exit: 78, retryable: false, summary: "The operator's key file is damaged." },
  // --- http, streams, webhooks: the node's edge -------------------------------------------------
  'http.not-found': { http: 404, exit: 2, retryable: false, summary: 'There is nothing at this path.' },
  'http.method-not-allowed': { http: 405, exit: 2, retryable: false, summary: 'The path exists, the method does not.' },
  'http.unsupported-type': { http: 415, exit: 2, retryable: false, summary: 'A body is not JSON in UTF-8.' },
  'http.timeout': { http: 408, exit: 75, retryable: true, summary: 'A request took too long.' },
  'http.forbidden-host': { http: 421, exit: 77, retryable: false, summary: 'The Host header names another server.' },
  'http.forbidden-origin': { http: 403, exit: 77, retryable: false, summary: 'A browser page may not call this.' },
  'http.unreachable': { http: 502, exit: 69, retryable: true, summary: 'No answer came from the node.' },
  'http.not-surety': { http: 502, exit: 69, retryable: false, summary: 'The answer is not one of a Surety node.' },
  'rate.limited': { http: 429, exit: 75, retryable: true, summary: 'Too many requests from here just now.' },
  'service.unavailable': {
    http: 503,
    exit: 69,
    retryable: true,
    summary: 'The node is starting, stopping or overloaded.',
  },
  'auth.operator-only': { http: 401, exit: 77, retryable: false, summary: "Needs the operator's token." },
  'network.other-chain': { http: 409, exit: 5, retryable: false, summary: 'It was signed for another network.' },
  'network.development-only': { http: 403, exit: 77, retryable: false, summary: 'Only development networks do this.' },
  'stream.unknown': { http: 404, exit: 2, retryable: false, summary: 'There is no such stream.' },
  'stream.stale': { http: 400, exit: 2, retryable: false, summary: 'The sequence lies beyond the end of the stream.' },
  'stream.slow-consumer': { http: 503, exit: 75, retryable: true, summary: 'The reader fell too far behind.' },
  'webhook.forbidden-target': { http: 400, exit: 2, retryable: false, summary: 'A webhook may not point there.' },
  'webhook.unknown': { http: 404, exit: 4, retryable: false, summary: 'The account has no such webhook.' },
  'webhook.failed': { http: 502, exit: 75, retryable: true, summary: 'A webhook did not accept a delivery.' },
  // --- markets --------------------------------------------------------------------------------
  'market.not-open': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The market no longer takes orders, or does not yet.',
  },
  'market.exists': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The market was opened before.',
  },
  'market.past-deadline': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'An order or evidence came at or after the deadline of its market.',
  },
  'market.before-deadline': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'A market was to be closed or resolved before its deadline.',
  },
  'market.replay-differs': {
    http: 422,
    exit: 1,
    retryable: false,
    summary: 'A market does not follow from its trades.',
  },
  'market.wrong-phase': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The market is not in the phase that this step needs.',
  },
  'market.unknown-account': {
    http: 404,
    exit: 1,
    retryable: false,
    summary: 'The account has no budget in this market.',
  },
  'market.unknown-outcome': {
    http: 400,
    exit: 1,
    retryable: false,
    summary: 'The outcome is not one of this market.',
  },
  'market.budget-exceeded': {
    http: 402,
    exit: 1,
    retryable: false,
    summary: 'The order costs more than the budget that the account has in this market.',
  },
  'market.shares-exceeded': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The order sells more shares than the account holds.',
  },
  'market.limit-exceeded': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The order would break its own limit on cost, proceeds or price.',
  },
  'market.price-floor': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The order would take a price below one in a billion.',
  },
  'market.quantity-limit': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The order would take a quantity beyond what the engine can hold.',
  },
  'market.nothing-to-trade': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The order comes to no shares at all.',
  },
  'market.full': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The market holds as many accounts or pieces of evidence as it may.',
  },
  'market.duplicate-evidence': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'This account attached this evidence before.',
  },
  // --- signatures -----------------------------------------------------------------------------
  'signature.malformed': {
    http: 400,
    exit: 2,
    retryable: false,
    summary: 'A signature or key is not of its one accepted form.',
  },
  'signature.wrong-signer': {
    http: 401,
    exit: 1,
    retryable: false,
    summary: 'A signature is not by the expected key over exactly this message.',
  },
  // --- chain: the RPC edge, then what contracts refuse --------------------------------------------
  'chain.unreachable': {
    http: 503,
    exit: 69,
    retryable: true,
    summary: 'The chain does not answer at its RPC address.',
  },
  'chain.wrong-chain': {
    http: 409,
    exit: 78,
    retryable: false,
    summary: 'The RPC address serves another chain than the one expected.',
  },
  'chain.bad-response': {
    http: 502,
    exit: 69,
    retryable: true,
    summary: 'The chain answered something that is not what was asked for.',
  },
  'chain.no-key': {
    http: 400,
    exit: 78,
    retryable: false,
    summary: 'Writing to the chain needs a key and none was given.',
  },
  'chain.no-funds': { http: 409, exit: 69, retryable: false, summary: 'The key cannot pay for the gas.' },
  'chain.not-deployed': { http: 409, exit: 78, retryable: false, summary: 'There is no code at a contract address.' },
  'chain.token-required': {
    http: 400,
    exit: 78,
    retryable: false,
    summary: 'This is no development chain, so an existing dollar token must be named.',
  },
  'chain.deployer-refused': {
    http: 409,
    exit: 69,
    retryable: false,
    summary: 'The chain does not take the keyless transaction that makes the CREATE2 deployer.',
  },
  'chain.lost': {
    http: 503,
    exit: 69,
    retryable: true,
    summary: 'A transaction was sent and not seen mined in time; sending the same intent again is safe.',
  },
  'chain.reverted': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'A contract refused a call with an error that is not in the table.',
  },
  'chain.history-unavailable': {
    http: 503,
    exit: 69,
    retryable: true,
    summary: 'The chain no longer, or not yet, knows the state of the block that counts as final.',
  },
  'settlement.not-active': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The settlement contract is in exit mode.',
  },
  'settlement.not-exiting': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The settlement contract is not in exit mode.',
  },
  'settlement.root-out-of-order': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'A root does not follow the last posted one.',
  },
  'settlement.root-unknown': { http: 404, exit: 1, retryable: false, summary: 'No root has this number.' },
  'settlement.root-too-young': {
    http: 409,
    exit: 1,
    retryable: true,
    summary: 'A root is paid from only once its challenge delay is over.',
  },
  'settlement.root-above-deposits': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'A root counts more money than deposits minus withdrawals.',
  },
  'settlement.counted-short': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'Roots have paid out all deposits that they counted: they cannot have been honest.',
  },
  'settlement.went-back': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'A root counts fewer journal events or deposits than the one before.',
  },
  'settlement.deposit-unknown': { http: 404, exit: 1, retryable: false, summary: 'No deposit has this number.' },
  'settlement.deposits-differ': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The chain holds other deposits under these numbers: it was rewound.',
  },
  'settlement.deposit-not-pending': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'A deposit was already counted by a root or reclaimed.',
  },
  'settlement.deposit-not-overdue': {
    http: 409,
    exit: 1,
    retryable: true,
    summary: 'A deposit can be reclaimed only once the operator is late.',
  },
  'settlement.path-not-in-root': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'A leaf and its path do not lead to the posted root.',
  },
  'settlement.nothing-to-withdraw': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'All that was authorised is already paid.',
  },
  'settlement.already-exited': { http: 409, exit: 1, retryable: false, summary: 'This account has already left.' },
  'settlement.not-your-leaf': {
    http: 403,
    exit: 1,
    retryable: false,
    summary: 'Only the account itself can force its withdrawal.',
  },
  'settlement.forced': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'A forced withdrawal does not fit this request or answer.',
  },
  'settlement.operator-only': {
    http: 403,
    exit: 1,
    retryable: false,
    summary: 'Only the operator of a settlement contract can do this.',
  },
  'settlement.operator-in-time': {
    http: 409,
    exit: 1,
    retryable: true,
    summary: 'The operator is not late, so exit mode cannot start.',
  },
  'settlement.sum-overflow': { http: 409, exit: 1, retryable: false, summary: 'Sums of a tree leave 128 bits.' },
  'anchor.not-newer': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The log is already anchored at this size or beyond.',
  },
  'anchor.forked': {
    http: 409,
    exit: 70,
    retryable: false,
    summary: 'A log root is not shown to extend the anchored one.',
  },
  'cover.expired': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The time in which cover can be redeemed is over.',
  },
  'cover.not-expired': { http: 409, exit: 1, retryable: true, summary: 'Cover stays reserved until its time is over.' },
  'cover.settled': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'This cover was already reserved, paid or released.',
  },
  'cover.ruling-mismatch': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The second receipt does not overturn the first in time.',
  },
  'receipt.not-final': { http: 409, exit: 1, retryable: false, summary: 'The receipt is not final.' },
  'receipt.not-logged': { http: 409, exit: 1, retryable: false, summary: 'The receipt is not in the anchored log.' },
  'token.not-approved': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'The token was not approved for this amount.',
  },
  'token.authorization-time': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'A signed token authorisation is not valid yet or any more.',
  },
  // --- the log --------------------------------------------------------------------------------
  'log.bad-inclusion': {
    http: 422,
    exit: 1,
    retryable: false,
    summary: 'An inclusion proof does not lead to the root of the checkpoint.',
  },
  'log.bad-consistency': {
    http: 422,
    exit: 1,
    retryable: false,
    summary: 'Two checkpoints are not joined by the proof: the log may have forked.',
  },
  'log.bad-note': {
    http: 422,
    exit: 1,
    retryable: false,
    summary: 'A signed note is not of the one accepted form.',
  },
  'log.bad-checkpoint': {
    http: 422,
    exit: 1,
    retryable: false,
    summary: 'A checkpoint is not of the one accepted form.',
  },
  'log.bad-signature': {
    http: 422,
    exit: 1,
    retryable: false,
    summary: 'A checkpoint is not signed by the pinned key of its log.',
  },
  'log.bad-cosignature': {
    http: 422,
    exit: 1,
    retryable: false,
    summary: 'A checkpoint is not cosigned by a pinned witness.',
  },
  'log.no-such-tile': {
    http: 404,
    exit: 4,
    retryable: true,
    summary: 'The log has not grown to that tile yet.',
  },
  'log.forked': {
    http: 409,
    exit: 1,
    retryable: false,
    summary: 'Two signed checkpoints of one log contradict one another.',
  },
  'log.bad-tile': {
    http: 502,
    exit: 1,
    retryable: false,
    summary: 'A tile or entry bundle does not have the content its place requires.',
  },
  // --- receipts -------------------------------------------------------------------------------
  'receipt.changed': {
    http: 422,
    exit: 1,
    retryable: false,
    summary: 'Part of a receipt no longer has the digest that was signed.',
  },
  'receipt.refuted': {
    http: 422,
    exit: 1,
    retryable: false,
    summary: 'Evidence in a receipt contradicts what the receipt says.',
  },
  'receipt.clock-skew': {
    http: 422,
    exit: 1,
    retryable: false,
    summary: 'A receipt is issued in the future of the clock that verifies it.',
  },
  'receipt.unrelated': {
    http: 422,
    exit: 1,
    retryable: false,
    summary: 'A later receipt is not of the same claim, or not later.',
  },
  'receipt.self-signed': {
    http: 422,
    exit: 3,
    retryable: false,
    summary: 'The issuer of a receipt is not pinned: self-signed, not trusted.',
  },
  'receipt.unknown-log': {
    http: 422,
    exit: 3,
    retryable: false,
    summary: 'The log of a receipt is not pinned.',
  },
  'receipt.too-few-witnesses': {
    http: 422,
    exit: 3,
    retryable: false,
    summary: 'Fewer pinned witnesses cosigned a checkpoint than the trust file wants.',
  },
  'receipt.foreign-network': {
    http: 422,
    exit: 4,
    retryable: false,
    summary: 'A receipt belongs to a network that is not pinned.',
  },
  'receipt.development': {
    http: 422,
    exit: 5,
    retryable: false,
    summary: 'A receipt of a development network, which the trust file does not allow.',
  },
  'receipt.replaced': {
    http: 409,
    exit: 6,
    retryable: false,
    summary: 'A later ruling replaced the answer of a receipt.',
  },
  'receipt.inconsistent': {
    http: 422,
    exit: 1,
    retryable: false,
    summary: 'Fields of a receipt contradict one another.',
  },
  // --- the life of a question -----------------------------------------------------------------
  'question.unknown': { http: 404, exit: 4, retryable: false, summary: 'No question with that id was asked here.' },
  'question.wrong-phase': {
    http: 409,
    exit: 5,
    retryable: false,
    summary: 'The question has not come to, or has passed, the phase that this needs.',
  },
  'question.evidence-full': {
    http: 409,
    exit: 5,
    retryable: false,
    summary: 'The question holds as much evidence as it may.',
  },
  'question.not-challengeable': {
    http: 409,
    exit: 5,
    retryable: false,
    summary: 'The answer cannot be challenged (any more).',
  },
  'question.bond-too-small': {
    http: 400,
    exit: 3,
    retryable: false,
    summary: 'The bond of the challenge is below its minimum.',
  },
  'question.too-early': { http: 409, exit: 5, retryable: true, summary: 'The time for this has not come.' },
  'question.claim-mismatch': {
    http: 400,
    exit: 5,
    retryable: false,
    summary: 'The claim is not the one that was read back, or not valid here.',
  },
  'ledger.unbalanced': {
    http: 500,
    exit: 70,
    retryable: false,
    summary: 'A bug: a transaction would have made or lost value, and was stopped.',
  },
  'receipt.unknown': { http: 404, exit: 4, retryable: false, summary: 'No receipt with that id was issued here.' },
  // --- command line ---------------------------------------------------------------------------
  'cli.usage': { http: 400, exit: 2, retryable: false, summary: 'The command line is not one that Surety knows.' },
  'cli.no-node': { http: 503, exit: 69, retryable: true, summary: 'No Surety node runs here.' },
  'cli.file-unreadable': { http: 400, exit: 66, retryable: false, summary: 'A file cannot be read.' },
  'cli.file-unwritable': { http: 500, exit: 73, retryable: false, summary: 'A file cannot be written.' },
  'cli.declined': { http: 400, exit: 130, retryable: true, summary: 'The person at the terminal said no.' },
  'cli.needs-yes': { http: 400, exit: 2, retryable: false, summary: 'Nobody is at the terminal to confirm.' },
  'cli.reading-differs': {
    http: 409,
    exit: 76,
    retryable: false,
    summary: 'The node read the question otherwise than this machine does.',
  },
  'cli.bad-player': { http: 400, exit: 65, retryable: false, summary: 'A player file does not hold a player.' },
  'action.wrong-network': { http: 400, exit: 5, retryable: false, summary: 'The action was signed for another chain.' },
  'withdrawal.other-address': {
    http: 400,
    exit: 5,
    retryable: false,
    summary: 'Withdrawals go to the address of the account only.',
  },
  // --- anything unexpected --------------------------------------------------------------------
  internal: {
    http: 500,
    exit: 70,
    retryable: true,
    summary: 'A bug in Surety; the details are in the log under the given id.',
  },
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
