// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPersonRegistry} from "../../src/interfaces/IPersonRegistry.sol";

/// @notice A registry of persons that takes anybody's word, and can be made to fail: for tests of what is done with it.
contract GivenPersons is IPersonRegistry {
    mapping(address account => bool) private _humans;
    bool private _failing;

    function set(address account, bool human) external {
        _humans[account] = human;
    }

    function fail() external {
        _failing = true;
    }

    function isHuman(address account) external view returns (bool) {
        require(!_failing, "registry");
        return _humans[account];
    }
}
