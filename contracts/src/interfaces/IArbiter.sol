// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MicroUsd} from "../types/MicroUsd.sol";

/// @notice What a requester signs (EIP-712), and whoever answers accepts.
/// @param requester Who pays the price and is told. Needs no signature when it sends the claim itself.
/// @param provider Who may answer; the zero address for anybody.
/// @param program Id of the program.
/// @param input Id of its input.
/// @param verifier Route by which the run is shown or refuted.
/// @param price Paid to the provider when the result is final.
/// @param bond What the provider stands to lose.
/// @param deadline Unix seconds until which the claim must be made.
/// @param window Seconds after the claim in which a dispute may begin.
/// @param clock Seconds that each side of one dispute has for all its moves.
/// @param premiumPpm What reserving cover costs, in parts per million of the cover, paid to the provider.
/// @param callback Contract that is told the final result; the zero address for none.
/// @param nonce Each is used once by a requester.
struct Request {
    address requester;
    address provider;
    bytes32 program;
    bytes32 input;
    address verifier;
    MicroUsd price;
    MicroUsd bond;
    uint64 deadline;
    uint32 window;
    uint32 clock;
    uint32 premiumPpm;
    address callback;
    uint256 nonce;
}

/// @notice A provider's answer to a request. Its id is `keccak256(abi.encode(block.chainid, arbiter, claim))`; nothing else
/// of it is stored, so every call brings it along.
struct Claim {
    Request request;
    address provider;
    bytes32 output;
    bytes32 trace;
}

/// @notice Life of a claim. `Void` by refutation or a missed clock slashes; `Annulled` (doubted) slashes nobody.
enum ClaimState {
    None,
    Open,
    Final,
    Void,
    Annulled
}

/// @notice Whose move it is. Every state but the closed ones ends by itself when the mover's clock has run out.
enum Turn {
    None,
    Provider,
    Challenger,
    Closed
}
