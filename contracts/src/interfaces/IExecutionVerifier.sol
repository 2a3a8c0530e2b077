// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice What a proof shows about a run.
/// `NotShown`: nothing. `Shown`: it was run as stated. `Refuted`: it was not. `Doubted`: not within the agreed tolerance,
/// which is no fault that anybody is made to pay for.
enum Holds {
    NotShown,
    Shown,
    Refuted,
    Doubted
}

/// @notice "This program on this input gave this output." Words of the route that judges it; nothing else reads them.
/// @param trace What else the provider committed to, so that the run can be disputed; 0 where the route needs none.
struct Run {
    bytes32 program;
    bytes32 input;
    bytes32 output;
    bytes32 trace;
}

/// @notice One route by which a run is shown or refuted: `spec/14-arbiter.md`, 14.2.
interface IExecutionVerifier {
    /// @notice What `proof` shows about `run`.
    /// @dev Must not depend on who asks. May revert where the proof is malformed; that shows nothing. Every question must
    /// have an answer that an honest provider can give: bytes that are no question of this route are answered by an empty
    /// proof, else whoever asks nonsense would win.
    /// @param question Empty when the proof stands alone. Else the proof is the provider's answer to it, and `Shown` says
    /// that it is one; an answer decides nothing.
    /// @param record What the last answer in this dispute left behind; 0 when there was none.
    /// @return holds What is shown.
    /// @return newRecord What later proofs in the same dispute may build on; of an answer only.
    function verify(Run calldata run, bytes calldata question, bytes32 record, bytes calldata proof)
        external
        view
        returns (Holds holds, bytes32 newRecord);
}
