// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

import {SessionKeys} from "../../src/libraries/SessionKeys.sol";
import {TestBase} from "../support/TestBase.sol";

contract SessionKeysTest is TestBase {
    uint256 private constant N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;

    function sign(uint256 key, bytes32 message) private returns (bytes32 r, bytes32 low, bytes32 high) {
        bytes32 s;
        (r, s) = vm.signP256(key, message);
        bool isLow = uint256(s) <= N / 2;
        bytes32 other = bytes32(N - uint256(s));
        (low, high) = isLow ? (s, other) : (other, s);
    }

    /// forge-config: default.fuzz.runs = 12
    function testFuzz_precompileAndSolidityAgree(uint256 key, bytes32 message, bytes32 other) public {
        key = bound(key, 1, N - 1);
        (uint256 x, uint256 y) = vm.publicKeyP256(key);
        (bytes32 r, bytes32 low, bytes32 high) = sign(key, message);
        assertTrue(SessionKeys.verify(message, r, low, bytes32(x), bytes32(y)), "valid");
        assertTrue(P256.verifySolidity(message, r, low, bytes32(x), bytes32(y)), "valid without the precompile");
        assertTrue(!SessionKeys.verify(message, r, high, bytes32(x), bytes32(y)), "upper half of s");
        assertTrue(other == message || !SessionKeys.verify(other, r, low, bytes32(x), bytes32(y)), "other message");
        assertTrue(!SessionKeys.verify(message, r, low, bytes32(x), bytes32(y ^ 1)), "not on the curve");
        assertTrue(!SessionKeys.verify(message, 0, low, bytes32(x), bytes32(y)), "zero r");
        assertTrue(!SessionKeys.verify(message, r, 0, bytes32(x), bytes32(y)), "zero s");
    }

    /// @notice RFC 6979, appendix A.2.5, message "sample" with SHA-256; s brought into the lower half.
    function test_rfc6979Sample() public view {
        bytes32 s = 0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8;
        assertTrue(
            SessionKeys.verify(
                sha256("sample"),
                0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716,
                bytes32(N - uint256(s)),
                0x60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6,
                0x7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299
            ),
            "sample"
        );
    }
}
