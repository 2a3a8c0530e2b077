// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Holds, IExecutionVerifier, Run} from "../interfaces/IExecutionVerifier.sol";
import {MerkleLog} from "../libraries/MerkleLog.sol";
import {ProgramCommitment, TensorType} from "../programs/ProgramCommitment.sol";
import {Chain, Chains} from "./proof/Chains.sol";
import {Channel, Channels} from "./proof/Channel.sol";
import {Looked, Lookups} from "./proof/Lookups.sol";
import {Opening} from "./proof/Opening.sol";
import {QM31} from "./proof/QM31.sol";
import {Claims, Relations} from "./proof/Relations.sol";

/// @title ProofVerifier
/// @notice The proof route: a run of a small network is shown by a proof that this contract checks itself, so that a claim is
/// final at once. `spec/20-proofs-on-chain.md`.
/// @dev Holds no state, and nobody owns it: a program's id commits to its key, and a proof brings the key along. Never says
/// `Refuted`: a proof that fails shows nothing of the run.
contract ProofVerifier is IExecutionVerifier {
    using Channels for Channel;

    bytes private constant KEY_TAG = "surety:chain:v1\x00";
    bytes private constant STATEMENT_TAG = "surety:statement:v1\x00";
    /// @dev Of a program with hidden constants whose input everybody knows.
    uint8 private constant STATEMENT_KIND = 1;
    uint256 private constant ROOT_BYTES = 32;
    /// @dev Two integers of no larger magnitude are not the same element.
    int256 private constant MAX_OUTPUT = (1 << 30) - 1;

    /// @notice A value of the input or output is none that the program takes or gives.
    error ProofOutOfRange(uint256 element);

    /// @notice The id of the program that a key describes: what a run of this route names.
    function programId(bytes calldata key) public pure returns (bytes32) {
        return sha256(abi.encodePacked(KEY_TAG, key));
    }

    /// @notice `Shown` exactly when `proof` is `key ‖ input ‖ output ‖ proof` of the run: spec 20.3. Reverts where it is not
    /// even formed as one.
    /// @dev Whatever is asked, the proof is the answer: whoever claims a run without one loses to any question, and whoever has
    /// one need not wait for a question.
    function verify(Run calldata run, bytes calldata, bytes32, bytes calldata proof)
        external
        view
        returns (Holds holds, bytes32 newRecord)
    {
        uint256 keyBytes = Chains.lengthOf(proof);
        if (programId(proof[:keyBytes]) != run.program) return (Holds.NotShown, 0);
        Chain memory chain = Chains.read(proof[:keyBytes]);
        return (_isShown(run, chain, proof[keyBytes:]) ? Holds.Shown : Holds.NotShown, 0);
    }

    function _isShown(Run calldata run, Chain memory chain, bytes calldata rest) private view returns (bool) {
        uint256 layers = chain.layers.length;
        uint256 inputs = 1 << chain.layers[0].inputVars;
        uint256 outputs = 1 << chain.layers[layers - 1].outputVars;
        uint256 inputBytes = inputs << (chain.inputType - 1);
        uint256 outputBytes = outputs << (chain.outputType - 1);
        if (rest.length < inputBytes + outputBytes) revert Channels.ProofTooShort();
        bytes calldata input = rest[:inputBytes];
        bytes calldata output = rest[inputBytes:inputBytes + outputBytes];
        if (_listOf(chain.inputType, inputs, input) != run.input) return false;
        if (_listOf(chain.outputType, outputs, output) != run.output) return false;
        Channel memory c = _channel(run, chain, rest[inputBytes + outputBytes:]);
        uint256[] memory x = _elements(input, chain.inputType, chain.inputLow, chain.inputHigh);
        uint256[] memory y = _elements(output, chain.outputType, -MAX_OUTPUT, MAX_OUTPUT);
        return _holds(c, chain, x, y);
    }

    function _holds(Channel memory c, Chain memory chain, uint256[] memory inputs, uint256[] memory outputs)
        private
        view
        returns (bool)
    {
        bytes32 witnessRoot = _word(c.published(ROOT_BYTES));
        Looked memory looked = Lookups.check(c, chain);
        Claims memory claims = Relations.check(c, chain, looked, inputs, outputs);
        if (c.failed) return false;
        Opening.check(c, chain, claims, witnessRoot);
        c.finish();
        return !c.failed;
    }

    function _word(uint256 place) private pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := calldataload(place)
        }
    }

    function _channel(Run calldata run, Chain memory chain, bytes calldata proof)
        private
        pure
        returns (Channel memory)
    {
        uint256 place;
        assembly ("memory-safe") {
            place := proof.offset
        }
        bytes memory statement = abi.encodePacked(
            STATEMENT_TAG, STATEMENT_KIND, chain.architecture, chain.weightsRoot, run.input, run.output, chain.plan
        );
        return Channels.open(statement, place, place + proof.length);
    }

    /// @dev The id of a list of one tensor of shape [1, size], which is one chunk: spec 12.7.
    function _listOf(uint8 dtype, uint256 size, bytes calldata values) private pure returns (bytes32) {
        TensorType memory t = TensorType(dtype, new uint32[](2));
        (t.dims[0], t.dims[1]) = (1, uint32(size));
        if (values.length > ProgramCommitment.CHUNK_BYTES) revert Chains.KeyUnfit(0);
        bytes32 root = ProgramCommitment.tensorRoot(t, MerkleLog.leafHash(values));
        return ProgramCommitment.listId(1, MerkleLog.leafHash(abi.encodePacked(root)));
    }

    /// @dev Values as elements.
    function _elements(bytes calldata values, uint256 dtype, int256 low, int256 high)
        private
        pure
        returns (uint256[] memory elements)
    {
        uint256 size = 1 << (dtype - 1);
        elements = new uint256[](values.length / size);
        for (uint256 i = 0; i < elements.length; ++i) {
            uint256 value = 0;
            for (uint256 k = size; k > 0; --k) value = (value << 8) | uint8(values[i * size + k - 1]);
            int256 x = int256(value);
            if (value >> (8 * size - 1) != 0) x -= int256(1 << (8 * size));
            if (x < low || x > high) revert ProofOutOfRange(i);
            elements[i] = QM31.fromInteger(x);
        }
    }
}
