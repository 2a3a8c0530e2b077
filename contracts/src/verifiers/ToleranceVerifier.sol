// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {OutputProof, OutputReader} from "../arbiter/OutputReader.sol";
import {Claim, ClaimState, IArbiter} from "../interfaces/IArbiter.sol";
import {Holds, IExecutionVerifier, Run} from "../interfaces/IExecutionVerifier.sol";
import {ProgramCommitment, TensorType} from "../programs/ProgramCommitment.sol";
import {MicroUsd} from "../types/MicroUsd.sol";

/// @notice What a deployment fixes, and so what a request that names it agrees to.
/// @param units How far an element may be from the exact program's, in units of the program's output.
/// @param exactBond The least bond of an exact claim that may speak against it.
/// @param exactWindow The least window of such a claim, in seconds.
/// @param exactClock Its least clock, in seconds.
struct Tolerance {
    uint32 units;
    MicroUsd exactBond;
    uint32 exactWindow;
    uint32 exactClock;
}

/// @notice What annuls a claim: an exact claim about the same program and input that is final, and a place at which the two
/// outputs are further apart than agreed.
/// @param claimed The claimed output, opened there.
/// @param exactly The exact output, opened there.
struct Doubt {
    Claim exact;
    uint32 output;
    uint256 element;
    OutputProof claimed;
    OutputProof exactly;
}

/// @title Tolerance
/// @notice The route for float models, which no two machines compute alike: a claimed output counts as equal to the integer
/// program's when no element differs by more than the agreed units. It annuls and never slashes, and shows nothing by itself:
/// `spec/14-arbiter.md`, 14.7.
/// @dev The terms are the deployment's, for a request names its route and nothing else that could hold them: a provider that
/// chose them itself would choose a tolerance that nothing is outside of.
contract ToleranceVerifier is IExecutionVerifier {
    /// @dev A question: `output u32 ‖ element u32`.
    uint256 private constant QUESTION_BYTES = 8;

    error NothingAt(address where);
    /// @notice The exact claim is about something else, on another route, backed by less than agreed, or not final.
    error NotTheExactClaim(bytes32 claimId);

    /// @notice Where exact claims become final.
    IArbiter public immutable arbiter;
    /// @notice The route of exact claims: one on which whoever runs the program again can refute.
    IExecutionVerifier public immutable exactRoute;
    Tolerance private _terms;

    constructor(IArbiter arbiter_, IExecutionVerifier exactRoute_, Tolerance memory terms_) {
        if (address(arbiter_).code.length == 0) revert NothingAt(address(arbiter_));
        if (address(exactRoute_).code.length == 0) revert NothingAt(address(exactRoute_));
        (arbiter, exactRoute, _terms) = (arbiter_, exactRoute_, terms_);
    }

    function terms() external view returns (Tolerance memory) {
        return _terms;
    }

    /// @inheritdoc IExecutionVerifier
    /// @dev A question asks for one element of the claimed output, so that nobody hides what he claims; its answer is
    /// an `OutputProof`, ABI-encoded, and so is a `Doubt`.
    function verify(Run calldata run, bytes calldata question, bytes32, bytes calldata proof)
        external
        view
        returns (Holds, bytes32)
    {
        bool shown = question.length == 0 ? _isDoubtful(run, _doubt(proof)) : _isAnswer(run, question, proof);
        if (!shown) return (Holds.NotShown, 0);
        return (question.length == 0 ? Holds.Doubted : Holds.Shown, 0);
    }

    function _isDoubtful(Run calldata run, Doubt calldata d) private view returns (bool) {
        Tolerance memory agreed = _terms;
        _requireExact(run, d, agreed);
        return _isOtherList(run.output, d) || _isOtherType(run.output, d) || _isApart(run.output, d, agreed.units);
    }

    function _requireExact(Run calldata run, Doubt calldata d, Tolerance memory agreed) private view {
        Claim calldata exact = d.exact;
        bytes32 claimId = arbiter.claimIdOf(exact);
        // INVARIANT: what is held against a claim was itself open to refutation, for as long and with as much at stake as agreed.
        if (
            exact.request.program != run.program || exact.request.input != run.input
                || exact.request.verifier != address(exactRoute) || exact.request.bond < agreed.exactBond
                || exact.request.window < agreed.exactWindow || exact.request.clock < agreed.exactClock
                || arbiter.stateOf(claimId) != ClaimState.Final
        ) revert NotTheExactClaim(claimId);
    }

    /// @dev Another number of outputs.
    function _isOtherList(bytes32 output, Doubt calldata d) private pure returns (bool) {
        return d.claimed.count != d.exactly.count
            && ProgramCommitment.listId(d.claimed.count, d.claimed.listRoot) == output
            && ProgramCommitment.listId(d.exactly.count, d.exactly.listRoot) == d.exact.output;
    }

    function _isOtherType(bytes32 output, Doubt calldata d) private pure returns (bool) {
        TensorType calldata a = d.claimed.tensor;
        TensorType calldata b = d.exactly.tensor;
        bool same = a.dtype == b.dtype && keccak256(abi.encode(a.dims)) == keccak256(abi.encode(b.dims));
        return !same && OutputReader.isTensorOf(output, d.output, d.claimed)
            && OutputReader.isTensorOf(d.exact.output, d.output, d.exactly);
    }

    function _isApart(bytes32 output, Doubt calldata d, uint32 units) private pure returns (bool) {
        int256 a = OutputReader.read(output, d.output, d.element, d.claimed);
        int256 b = OutputReader.read(d.exact.output, d.output, d.element, d.exactly);
        return uint256(a > b ? a - b : b - a) > units;
    }

    /// @dev Whether it opens the element that was asked for, or shows that there is none. Other questions need no answer.
    function _isAnswer(Run calldata run, bytes calldata question, bytes calldata proof) private pure returns (bool) {
        if (question.length != QUESTION_BYTES) return true;
        uint32 output = uint32(bytes4(question[:4]));
        uint32 element = uint32(bytes4(question[4:]));
        OutputProof calldata p = _opening(proof);
        if (output >= p.count) return ProgramCommitment.listId(p.count, p.listRoot) == run.output;
        if (!OutputReader.isTensorOf(run.output, output, p)) return false;
        return element >= ProgramCommitment.elementsOf(p.tensor) || OutputReader.isChunkOf(element, p);
    }

    /// @dev ABI-encoded structs are read where they stand. Every access is checked against the end of the calldata, and
    /// nothing is believed of what is read but what hashes to an id.
    function _doubt(bytes calldata proof) private pure returns (Doubt calldata d) {
        uint256 start = _structAt(proof);
        assembly ("memory-safe") {
            d := start
        }
    }

    function _opening(bytes calldata proof) private pure returns (OutputProof calldata p) {
        uint256 start = _structAt(proof);
        assembly ("memory-safe") {
            p := start
        }
    }

    function _structAt(bytes calldata proof) private pure returns (uint256 start) {
        // The head of the one dynamic value that was encoded: its offset.
        uint256 offset = abi.decode(proof[:32], (uint256));
        if (offset != 32) revert OutputReader.ElementNotShown(0, 0, offset);
        assembly ("memory-safe") {
            start := add(proof.offset, offset)
        }
    }
}
