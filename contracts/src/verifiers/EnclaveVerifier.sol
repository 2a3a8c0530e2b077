// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IEnclaveKeys} from "../interfaces/IEnclaveKeys.sol";
import {Holds, IExecutionVerifier, Run} from "../interfaces/IExecutionVerifier.sol";

/// @title EnclaveVerifier
/// @notice The enclave route: a run is shown by the signature of a key that one measured code holds in an enclave.
/// `spec/16-enclave.md`, 16.5.
/// @dev Never says `Refuted`: a hardware maker's word may pay for a run, but takes nobody's bond. And it believes one
/// code, fixed at deployment: who trusts another deploys another.
contract EnclaveVerifier is IExecutionVerifier, EIP712 {
    bytes32 private constant RUN_TYPEHASH =
        keccak256("Run(bytes32 program,bytes32 input,bytes32 output,bytes32 trace)");

    IEnclaveKeys public immutable keys;
    /// @notice The code that is believed: spec 16.3.
    bytes32 public immutable measurement;

    constructor(IEnclaveKeys keys_, bytes32 measurement_) EIP712("Surety", "1") {
        keys = keys_;
        measurement = measurement_;
    }

    /// @notice What the enclave signs of a run.
    function runDigest(Run calldata run) public view returns (bytes32) {
        return _hashTypedDataV4(
            keccak256(abi.encode(RUN_TYPEHASH, run.program, run.input, run.output, run.trace))
        );
    }

    /// @notice `Shown` exactly when `proof` is such a signature, 65 bytes.
    /// @dev Whatever is asked, the signature is the answer: so whoever claims a run without one loses to any question,
    /// and whoever has one can answer all of them.
    function verify(Run calldata run, bytes calldata, bytes32, bytes calldata proof)
        external
        view
        returns (Holds holds, bytes32 newRecord)
    {
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(runDigest(run), proof);
        if (failure != ECDSA.RecoverError.NoError || !keys.isValid(signer, measurement)) return (Holds.NotShown, 0);
        return (Holds.Shown, 0);
    }
}
