// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Packed} from "../../src/verifiers/tensor/Packed.sol";
import {Plain} from "./Plain.sol";

/// @notice Dot products as calls, and what each costs without its calldata.
contract PackedHarness {
    /// @notice Of one dot product of i8, in gas: checked, in a loop of assembly, by 16 and by 32 values a word.
    struct Gas {
        uint256 plain;
        uint256 loop;
        uint256 dot16;
        uint256 dot8;
    }

    /// @notice Both over parts of the given bytes, so that neither begins at a word nor ends with the calldata.
    function both(bytes calldata a, uint256 sizeA, uint256 fromA, bytes calldata b, uint256 sizeB, uint256 fromB, uint256 n)
        external
        pure
        returns (int256 got, int256 wide, int256 expected)
    {
        a = a[fromA:fromA + n * sizeA];
        b = b[fromB:fromB + n * sizeB];
        expected = Plain.dot(a, sizeA, b, sizeB);
        wide = Packed.dot16(_place(a), sizeA, _place(b), sizeB, n);
        got = sizeA + sizeB == 2 ? Packed.dot8(_place(a), _place(b), n) : wide;
    }

    function fold(bytes calldata data, uint256 size, bool largest, int256 acc)
        external
        pure
        returns (int256 got, int256 expected)
    {
        got = Packed.fold(_place(data), size, data.length / size, largest, acc);
        expected = Plain.fold(data, size, largest, acc);
    }

    function gasOf(bytes calldata a, bytes calldata b) external view returns (Gas memory g) {
        (uint256 from, uint256 to) = (_place(a), _place(b));
        g.plain = gasleft();
        Plain.dot(a, 1, b, 1);
        g.plain -= gasleft();
        g.loop = gasleft();
        Plain.loop8(from, to, a.length);
        g.loop -= gasleft();
        g.dot16 = gasleft();
        Packed.dot16(from, 1, to, 1, a.length);
        g.dot16 -= gasleft();
        g.dot8 = gasleft();
        Packed.dot8(from, to, a.length);
        g.dot8 -= gasleft();
    }

    function _place(bytes calldata data) private pure returns (uint256 place) {
        assembly ("memory-safe") {
            place := data.offset
        }
    }
}
