// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {OutputProof, OutputReader} from "../../src/arbiter/OutputReader.sol";
import {TensorType} from "../../src/programs/ProgramCommitment.sol";
import {OutputBuilder, Outputs} from "../support/OutputBuilder.sol";
import {TestBase} from "../support/TestBase.sol";

contract OutputReaderHarness {
    function read(bytes32 list, uint32 index, uint256 element, OutputProof calldata p) external pure returns (int32) {
        return OutputReader.read(list, index, element, p);
    }

    function idOfOne(TensorType calldata t, bytes calldata data) external pure returns (bytes32) {
        return OutputReader.idOfOne(t, data);
    }
}

/// @notice What is in a list is read at its own place; nothing else is, at any place.
contract OutputReaderTest is TestBase {
    using OutputBuilder for Outputs;

    OutputReaderHarness private harness = new OutputReaderHarness();

    function dims(uint32 rows, uint32 columns) private pure returns (uint32[] memory list) {
        list = new uint32[](2);
        (list[0], list[1]) = (rows, columns);
    }

    /// @dev Element i is i · 7919 cut to the type, so that neighbours differ in every byte.
    function valueAt(uint8 dtype, uint256 i) private pure returns (int32) {
        uint256 x = i * 7919;
        if (dtype == 1) return int8(uint8(x));
        if (dtype == 2) return int16(uint16(x));
        return int32(int256(x % (2 ** 31)) - 2 ** 30);
    }

    function filled(uint8 dtype, uint32 rows, uint32 columns) private pure returns (Outputs memory) {
        uint256 size = uint256(1) << (dtype - 1);
        bytes memory values = new bytes(size * rows * columns);
        for (uint256 i = 0; i < uint256(rows) * columns; i++) {
            uint32 bits = uint32(valueAt(dtype, i));
            for (uint256 k = 0; k < size; k++) values[i * size + k] = bytes1(uint8(bits >> (8 * k)));
        }
        return OutputBuilder.one(dtype, dims(rows, columns), values);
    }

    function testFuzz_everyElementReadsAsItself(uint8 dtype, uint8 rows, uint16 columns, uint32 element) public view {
        dtype = uint8(bound(dtype, 1, 3));
        (uint32 r, uint32 c) = (uint32(bound(rows, 1, 3)), uint32(bound(columns, 1, 1100)));
        Outputs memory list = filled(dtype, r, c);
        uint256 place = bound(element, 0, uint256(r) * c - 1);
        int32 got = harness.read(list.id(), 0, place, list.proof(0, place));
        assertTrue(got == valueAt(dtype, place), "the value");
    }

    function several() private pure returns (Outputs memory list) {
        list = Outputs(new TensorType[](3), new bytes[](3));
        for (uint8 i = 0; i < 3; i++) {
            Outputs memory next = filled(i + 1, 2, 300 + i);
            (list.types[i], list.values[i]) = (next.types[0], next.values[0]);
        }
    }

    function test_eachTensorOfAListOpensAtItsOwnPlace() public view {
        Outputs memory list = several();
        for (uint32 i = 0; i < 3; i++) {
            assertTrue(harness.read(list.id(), i, 400, list.proof(i, 400)) == valueAt(uint8(i + 1), 400), "the value");
        }
    }

    function testFuzz_nothingElseOpens(uint8 what, uint16 place) public {
        Outputs memory list = several();
        bytes32 id = list.id();
        OutputProof memory p = list.proof(1, 400);
        (uint32 index, uint256 element) = (1, 400);
        what = uint8(bound(what, 0, 8));
        if (what == 0) p.chunk[place % p.chunk.length] ^= 0x01;
        else if (what == 1) index = 2;
        else if (what == 2) element = 0;
        else if (what == 3) element = 602;
        else if (what == 4) p.count = 4;
        else if (what == 5) p.tensor.dtype = 1;
        else if (what == 6) p.tensor.dims[0] = 3;
        else if (what == 7) p.listProof[place % p.listProof.length] ^= bytes32(uint256(1));
        else id ^= bytes32(uint256(1) << (place % 256));
        vm.expectRevert(abi.encodeWithSelector(OutputReader.ElementNotShown.selector, id, index, element));
        harness.read(id, index, element, p);
    }

    function testFuzz_theIdOfOneSmallTensorIsItsListId(uint8 dtype, uint8 columns) public view {
        dtype = uint8(bound(dtype, 1, 3));
        Outputs memory list = filled(dtype, 1, uint32(bound(columns, 1, 255)));
        assertEq(harness.idOfOne(list.types[0], list.values[0]), list.id(), "the id");
    }

    function test_noIdIsMadeOfWhatIsNoTensor() public {
        bytes memory why = abi.encodeWithSelector(OutputReader.ElementNotShown.selector, bytes32(0), 0, 2);
        vm.expectRevert(why);
        harness.idOfOne(TensorType(1, dims(1, 3)), new bytes(2));
        vm.expectRevert(why);
        harness.idOfOne(TensorType(4, dims(1, 2)), new bytes(2));
    }
}
