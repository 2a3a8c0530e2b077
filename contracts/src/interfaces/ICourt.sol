// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Tally} from "../court/Tally.sol";
import {ICourtJurors} from "./ICourtJurors.sol";
import {ICourtPanels} from "./ICourtPanels.sol";

/// @notice Life of a case. `Final` by an outcome; `Undecided` where nobody decided and everybody is refunded.
enum CaseState {
    None,
    Asked,
    Proposed,
    Drawing,
    Committing,
    Revealing,
    Tallying,
    Appealable,
    Funding,
    Final,
    Undecided
}

/// @notice How one round is held. The two first are of AI jurors, the two last of people.
/// @param fee What a seat earns by voting for the final outcome.
/// @param lossToGain What a seat loses by voting otherwise, in fees: a juror votes only if p > L/(L+G). 0 draws people by person
/// instead of by stake: one ticket each, and nothing locked.
/// @param absence What an absent seat loses, at most half of that.
/// @param seats Seats of the panel, at most 31.
/// @param quorum The least votes for outcomes that make a ruling.
/// @param commitSeconds, revealSeconds, appealSeconds Lengths of its windows. A funding window is as long as an appeal's.
struct RoundTerms {
    uint96 fee;
    uint96 absence;
    uint16 lossToGain;
    uint8 seats;
    uint8 quorum;
    uint32 commitSeconds;
    uint32 revealSeconds;
    uint32 appealSeconds;
}

/// @notice The rules of a case, chosen when it is asked. Amounts are in base units of the court's currency.
/// @param leastBond The least bond of a proposal and of every rung.
/// @param mostBond The largest bond of a proposal, so that nobody proposes what nobody can afford to challenge.
/// @param challengeSeconds How long a proposal can be challenged.
/// @param drawSeconds From the call of a panel to the beginning of its commitments.
/// @param auditor May call the next panel by its fees alone, without a bond; 0 for nobody.
/// @param beaconSeconds From the call of a panel to the beacon that draws it; less than half of `drawSeconds`.
/// @param oneOperator Whether AI jurors of one operator may fill a panel. Whatever relies on it says so.
/// @param unruledStands Whether the last ruling, or a proposal that no panel has ruled on, stands where a panel has no
/// ruling: it can be appealed, and is final after the last panel. For proposals that somebody answers for: of anybody's, a
/// lie would need no more than silence.
/// @param callMultiple Bond of the first panel of people against what stands without any ruling, in all bonds so far, 2 to 9.
/// Whoever leaves it at that has its bonds back, so this alone makes a call dear to who is not sure.
struct Policy {
    uint96 leastBond;
    uint96 mostBond;
    uint32 challengeSeconds;
    uint32 drawSeconds;
    address auditor;
    uint32 beaconSeconds;
    bool oneOperator;
    bool unruledStands;
    uint8 callMultiple;
    RoundTerms[4] rounds;
}

/// @notice What every policy of a court gives at least to whoever is drawn, for ever: anybody registers policies, and nobody chooses
/// the cases in which he sits. Without it somebody could fine jurors who had no time to vote, or keep all persons busy for nothing.
/// @param aiFee, peopleFee The least fee of a seat, base units.
/// @param aiSeconds, peopleSeconds The least time to commit, and the least to reveal.
struct SeatFloor {
    uint96 aiFee;
    uint32 aiSeconds;
    uint96 peopleFee;
    uint32 peopleSeconds;
}

/// @notice A question to the court.
/// @param question Digest of the claim (spec 02), or of whatever says what is asked.
/// @param outcomes How many it lists, 2 to 16.
/// @param policy Id of a registered policy.
/// @param exclusions Merkle root over who may not sit: position holders of the market's book, say. 0 for none.
/// @param reward Paid to the proposal if it turns out right, else back to the asker.
/// @param opensAt Unix seconds before which nothing may be proposed.
/// @param answerBy Unix seconds; without a proposal by then the case can be ended, undecided.
/// @param callback Whether the asker is a contract that is to be told.
struct Ask {
    bytes32 question;
    uint8 outcomes;
    bytes32 policy;
    bytes32 exclusions;
    uint128 reward;
    uint40 opensAt;
    uint40 answerBy;
    bool callback;
}

/// @notice What is stored of a case.
/// @param proposal The first proposed outcome; `ABSTAIN` for none.
/// @param standing The outcome that is final unless somebody goes on; `ABSTAIN` for none.
/// @param round The last round that was called, 0 for none.
/// @param rungs How many are filled.
/// @param deadline Unix seconds at which the state's window is over. Of a round: of its reveals.
/// @param latestEnd Unix seconds by which the case can be ended whatever anybody does, once it has begun.
/// @param endedAt Unix seconds.
struct Case {
    address asker;
    CaseState state;
    uint8 outcomes;
    uint8 proposal;
    uint8 standing;
    uint8 round;
    uint8 rungs;
    uint40 deadline;
    bool callback;
    bytes32 policy;
    bytes32 exclusions;
    uint128 reward;
    uint40 opensAt;
    uint40 latestEnd;
    uint40 endedAt;
}

/// @notice What one side paid to go on.
/// @param bond Of its outcome; 0 of an auditor's.
/// @param fees Of the panel it called. That of the first panel pays the second one too.
/// @param audit Whether it is an auditor's: then it stands for no outcome.
struct Rung {
    uint120 bond;
    uint120 fees;
    uint8 outcome;
    bool audit;
}

/// @notice What a rung pays back once its case has ended.
/// @param got What it gets in all.
/// @param left What of that was not collected yet.
/// @param uncollected Contributions to it that were not collected yet.
struct Payout {
    uint128 got;
    uint128 left;
    uint128 uncollected;
}

/// @notice What is kept of a round.
/// @param payer The rung that pays its seats.
/// @param ended Whether it was counted, and `ruled` whether there was a ruling.
struct Round {
    Tally tally;
    uint8 payer;
    bool ended;
    bool ruled;
}

/// @notice Ruling of the last round that had one.
/// @param agreeing Seats that voted for it, of `cast` votes for outcomes, of `seats` that the panel should have.
struct Ruling {
    uint8 round;
    uint8 outcome;
    uint8 agreeing;
    uint8 cast;
    uint8 seats;
}

/// @notice Decides whether an answer is right: bonds first, then AI jurors, then people. `spec/21-court.md`.
interface ICourt {
    // --- money ---
    error CurrencyWithoutCode(address token);
    error ValueUnexpected(uint256 value);
    error BalanceShort(address account, uint256 balance, uint256 wanted);
    error AmountTooLarge(uint256 amount, uint256 most);
    error ZeroAccount();
    error ZeroPaid();
    error NativeRefused(address to);
    // --- policies and questions ---
    error PolicyUnfit(string field);
    error PolicyUnknown(bytes32 policy);
    error OutcomesOutOfRange(uint8 outcomes);
    error AnswerTimeUnfit(uint40 opensAt, uint40 answerBy);
    // --- cases ---
    error CaseInState(uint256 caseId, CaseState state);
    error NotBefore(uint256 caseId, uint256 time);
    error TooLate(uint256 caseId, uint256 deadline);
    error OutcomeUnknown(uint8 outcome);
    error OutcomeStands(uint8 outcome);
    error OutcomeWithoutBond(uint8 outcome);
    error JurorOfCase(address sender);
    error BondOutOfRange(uint256 bond, uint256 least, uint256 most);
    error AuditorOnly(address sender, address auditor);
    error RevealsOutstanding(uint256 caseId);
    error NothingToCollect(uint256 caseId, uint8 rung, address contributor);
    error PartOnly(address sender);

    event Deposited(address indexed account, address payer, uint256 amount);
    event Withdrawn(address indexed account, address to, uint256 amount);
    event PolicyRegistered(bytes32 indexed policy, Policy terms);
    event Asked(uint256 indexed caseId, address indexed asker, bytes32 indexed question, Ask terms);
    /// @param latestEnd Whatever anybody does, the case can be ended then.
    event Proposed(uint256 indexed caseId, address indexed proposer, uint8 outcome, uint256 bond, uint40 latestEnd);
    event Contributed(
        uint256 indexed caseId, uint8 rung, uint8 outcome, address indexed contributor, uint256 amount
    );
    event RungFilled(uint256 indexed caseId, uint8 rung, uint8 outcome, bool audit, uint256 bond, uint256 fees);
    event RoundCalled(uint256 indexed caseId, uint8 round, uint8 payer, uint40 revealEnd);
    /// @param ruled Whether there is a ruling; else `outcome` means nothing.
    event RoundEnded(uint256 indexed caseId, uint8 round, bool ruled, uint8 outcome, Tally tally);
    /// @param outcome Final; `ABSTAIN` where the case is undecided.
    event Ended(uint256 indexed caseId, uint8 outcome, uint256 burnt);
    event Collected(uint256 indexed caseId, uint8 rung, uint8 outcome, address indexed contributor, uint256 amount);
    event CalledBack(uint256 indexed caseId, address asker, bool done);

    // --- money ---
    function deposit(address account, uint256 amount) external payable;
    function withdraw(address to, uint256 amount) external;
    // --- steps ---
    function registerPolicy(Policy calldata terms) external returns (bytes32 policy);
    function ask(Ask calldata terms) external payable returns (uint256 caseId);
    function propose(uint256 caseId, uint8 outcome, uint256 bond) external payable;
    function fund(uint256 caseId, uint8 outcome, uint256 amount) external payable returns (uint256 taken);
    function summon(uint256 caseId) external payable;
    function tally(uint256 caseId) external;
    function finalise(uint256 caseId) external;
    function collect(uint256 caseId, uint8 rung, uint8 outcome, address contributor) external returns (uint256 amount);
    // --- of the court's own parts ---
    function takeStake(address from, uint256 amount) external;
    function giveStake(address to, uint256 amount) external;
    function paySeat(uint256 caseId, address to, uint256 amount) external;
    function payShown(address to, uint256 lost) external returns (uint256 paid);

    // --- what there is ---
    function currency() external view returns (address);
    function balanceOf(address account) external view returns (uint256);
    function stakes() external view returns (uint256);
    function panels() external view returns (ICourtPanels);
    function jurors() external view returns (ICourtJurors);
    function burnt() external view returns (uint256);
    function stateOf(uint256 caseId) external view returns (CaseState);
    function caseOf(uint256 caseId) external view returns (Case memory);
    function seatFloor() external view returns (SeatFloor memory);
    function policyOf(bytes32 policy) external view returns (Policy memory);
    function roundTermsOf(bytes32 policy, uint8 round) external view returns (RoundTerms memory);
    function rungOf(uint256 caseId, uint8 rung) external view returns (Rung memory);
    function payoutOf(uint256 caseId, uint8 rung) external view returns (Payout memory);
    function nextRung(uint256 caseId) external view returns (uint256 bond, uint256 fees);
    function contributedTo(uint256 caseId, uint8 rung, uint8 outcome) external view returns (uint256);
    function contributionOf(uint256 caseId, uint8 rung, uint8 outcome, address contributor)
        external
        view
        returns (uint256);
    function isParty(uint256 caseId, address who) external view returns (bool);
    function roundOf(uint256 caseId, uint8 round) external view returns (Round memory);
    function rulingOf(uint256 caseId) external view returns (Ruling memory);
    function seatShare(uint256 caseId) external view returns (uint256);
    function seatPot(uint256 caseId) external view returns (uint256);
}
