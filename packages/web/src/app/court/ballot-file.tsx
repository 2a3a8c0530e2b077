import type { Ballot } from '@surety/sdk/page';
import { useEffect, useState } from 'preact/hooks';

/** A vote as a file to keep: with it, and only with it, the vote can be opened from another browser. */
export const BallotFile = ({ ballot }: { ballot: Ballot }) => {
  const [link, setLink] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([JSON.stringify(ballot, null, 2)], { type: 'application/json' }));
    setLink(made);
    return () => URL.revokeObjectURL(made);
  }, [ballot]);
  return (
    <>
      <p>
        <a class="button" href={link} download={`surety-vote-${Number(`0x${ballot.marketId}`)}-${ballot.round}.json`}>
          Save the vote as a file
        </a>
      </p>
      <p class="small quiet">
        This browser keeps it too, once you sign. Show the file to nobody before votes are opened.
      </p>
    </>
  );
};
