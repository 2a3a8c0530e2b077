// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that calls somebody back in the middle of every transfer, and may keep a part for itself.
contract HookedToken is ERC20("Hooked", "HOOK") {
    address public target;
    bytes public data;
    bytes4 public refusal;
    uint256 public feePercent;

    function mint(address to, uint256 value) external {
        _mint(to, value);
    }

    function callBack(address target_, bytes calldata data_) external {
        (target, data) = (target_, data_);
    }

    function takeFee(uint256 percent) external {
        feePercent = percent;
    }

    function _update(address from, address to, uint256 value) internal override {
        uint256 fee = from == address(0) ? 0 : (value * feePercent) / 100;
        super._update(from, to, value - fee);
        if (fee != 0) super._update(from, address(0xFEE), fee);
        if (target == address(0)) return;
        (bool done, bytes memory reason) = target.call(data);
        refusal = done ? bytes4(0) : bytes4(reason);
    }
}
