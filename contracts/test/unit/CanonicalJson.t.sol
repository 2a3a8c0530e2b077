// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CanonicalJson} from "../../src/libraries/CanonicalJson.sol";
import {TestBase} from "../support/TestBase.sol";

/// @notice A few cases to read; all of `vectors/canonical.json` and fuzzed ones run in `test/canonical.test.ts`.
contract CanonicalJsonTest is TestBase {
    function yes(bytes memory text) private pure {
        assertTrue(CanonicalJson.isCanonical(text), string(text));
    }

    function no(bytes memory text) private pure {
        assertTrue(!CanonicalJson.isCanonical(text), string(text));
    }

    function test_values() public pure {
        yes('{"a":[1,-2,true,false,null,"x"],"b":{}}');
        yes("9007199254740991");
        no("9007199254740992");
        no("-0");
        no("01");
        no("1.0");
        no("1e3");
        no("[1,]");
        no("[1 ,2]");
        no("tru");
        no("");
        no("1 ");
    }

    function test_keysAscendAndAreShortWords() public pure {
        no('{"b":1,"a":2}');
        no('{"a":1,"a":2}');
        yes('{"a":1,"aa":2,"b":3}');
        no('{"":1}');
        no('{"a b":1}');
        no(unicode'{"é":1}');
        no('{"a":1,}');
    }

    function test_textsEscapeNoMoreThanNeeded() public pure {
        yes('"\\n\\u0001\\u001f\\"\\\\"');
        no('"\\u000a"');
        no('"\\u001F"');
        no('"\\/"');
        no('"\\u0041"');
        no('"\\ud83d\\ude00"');
        no(hex"22ff22");
        no(hex"22c08022");
        no(hex"22eda08022");
        yes(unicode'"é😀"');
    }

    function testFuzz_depthUpTo32(uint8 extra) public pure {
        uint256 depth = 32 + bound(extra, 0, 3);
        bytes memory text = new bytes(2 * depth);
        for (uint256 i = 0; i < depth; i++) {
            text[i] = "[";
            text[depth + i] = "]";
        }
        assertTrue(CanonicalJson.isCanonical(text) == (depth <= 32), "depth");
    }

    function test_idIsSha256() public pure {
        assertEq(CanonicalJson.id("null"), sha256("null"), "id");
    }
}
