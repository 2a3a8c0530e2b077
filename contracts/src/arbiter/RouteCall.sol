// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IArbiter} from "../interfaces/IArbiter.sol";
import {Holds, IExecutionVerifier, Run} from "../interfaces/IExecutionVerifier.sol";

/// @title Asking a route
/// @notice A route is a stranger's contract: it is called without the power to change anything, two words of what it
/// returns are read, and of its reasons at most 256 bytes, so that it can spend its caller's gas and do nothing else.
library RouteCall {
    uint256 private constant MAX_REASON_BYTES = 256;

    function verify(
        address verifier,
        Run memory run,
        bytes calldata question,
        bytes32 record,
        bytes calldata proof
    ) internal view returns (Holds holds, bytes32 newRecord) {
        bytes memory data = abi.encodeCall(IExecutionVerifier.verify, (run, question, record, proof));
        bool done;
        uint256 word;
        assembly ("memory-safe") {
            done := staticcall(gas(), verifier, add(data, 0x20), mload(data), 0, 0x40)
            done := and(done, gt(returndatasize(), 0x3f))
            word := mload(0)
            newRecord := mload(0x20)
        }
        if (!done || word > uint256(type(Holds).max)) revert IArbiter.RouteFailed(verifier, _reason());
        holds = Holds(word);
    }

    function _reason() private pure returns (bytes memory reason) {
        uint256 size;
        assembly ("memory-safe") {
            size := returndatasize()
        }
        reason = new bytes(size > MAX_REASON_BYTES ? MAX_REASON_BYTES : size);
        assembly ("memory-safe") {
            returndatacopy(add(reason, 0x20), 0, mload(reason))
        }
    }
}
