// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {ArbiterConsumer, Rule} from "../src/arbiter/ArbiterConsumer.sol";
import {OutputReader} from "../src/arbiter/OutputReader.sol";
import {Claim, IArbiter} from "../src/interfaces/IArbiter.sol";
import {TensorType} from "../src/programs/ProgramCommitment.sol";
import {MicroUsd} from "../src/types/MicroUsd.sol";

/// @title A mint gated by a classifier
/// @notice Mints a picture to whoever asked for its classification, once it is final that the classifier puts it into the
/// one class that is let in. The token's number is the id of the picture, so the same picture is minted once. Called back:
/// nobody sends a second transaction. An example: no metadata.
contract GatedMint is ArbiterConsumer, ERC721("Gated", "GATE") {
    /// @notice What a wrongly minted token would cost its holders, in all.
    MicroUsd public constant VALUE_AT_STAKE = MicroUsd.wrap(100_000_000);
    bytes32 public immutable classifier;
    /// @notice The only output that opens the gate: one `i32`, the class.
    bytes32 public immutable admitted;

    constructor(IArbiter arbiter_, Rule[] memory rules_, bytes32 classifier_, uint8 class)
        ArbiterConsumer(arbiter_, rules_)
    {
        TensorType memory type_ = TensorType(3, new uint32[](1));
        type_.dims[0] = 1;
        classifier = classifier_;
        admitted = OutputReader.idOfOne(type_, abi.encodePacked(class, bytes3(0)));
    }

    function _onFinal(bytes32, Claim calldata c) internal override {
        _requireFinal(c, classifier, c.request.input, VALUE_AT_STAKE);
        if (c.output == admitted) _mint(c.request.requester, uint256(c.request.input));
    }
}
