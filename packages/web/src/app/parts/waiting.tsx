/** Something is on its way: quiet bars where it will stand, and a word for those who do not see them. */
export const Waiting = ({ what, lines = 3 }: { what: string; lines?: number }) => (
  <div class="waiting" aria-busy="true">
    <p class="visually-hidden">{what} is loading</p>
    {Array.from({ length: lines }, (_, index) => (
      <div key={index} class="waiting-bar" aria-hidden="true" />
    ))}
  </div>
);
