import type { ComponentChildren } from 'preact';

const LONG_HEX = /((?:0x)?[0-9a-fA-F]{40,})/;

/** Text in which long digests are shortened for reading; the whole one is its title. */
export const HexText = ({ text }: { text: string }): ComponentChildren =>
  text.split(LONG_HEX).map((part, index) =>
    index % 2 === 1 ? (
      <span key={index} class="mono hex" title={part}>
        {part.slice(0, part.startsWith('0x') ? 8 : 6)}…{part.slice(-4)}
      </span>
    ) : (
      part
    ),
  );
