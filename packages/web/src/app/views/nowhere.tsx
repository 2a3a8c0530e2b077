export const NowhereView = () => (
  <div class="column stack">
    <h1>There is nothing at this address.</h1>
    <p>
      The link may have been cut short: market and receipt links end in 64 letters and digits.{' '}
      <a href="#/">Ask a question</a> or <a href="#/markets">look through the markets</a>.
    </p>
  </div>
);
