// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice What a Zodiac module needs of an account: it lets one module act. Holds what it is sent.
contract Avatar {
    address public module;

    receive() external payable {}

    function enable(address module_) external {
        module = module_;
    }

    function execTransactionFromModule(address to, uint256 value, bytes calldata data, uint8) external returns (bool done) {
        require(msg.sender == module, "not the module");
        (done,) = to.call{value: value}(data);
    }
}
