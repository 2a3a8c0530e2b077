/** Small parts of the page that proves. */
import { useEffect, useState } from 'preact/hooks';

type Choice<T extends string> = {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly (readonly [value: T, words: string])[];
  readonly value: T;
  readonly onValue: (value: T) => void;
};

export const ChoiceOf = <T extends string>({ name, legend, options, value, onValue }: Choice<T>) => (
  <fieldset class="choice">
    <legend class="field-label">{legend}</legend>
    {options.map(([each, words]) => (
      <label key={each}>
        <input type="radio" name={name} checked={each === value} onChange={() => onValue(each)} />
        {words}
      </label>
    ))}
  </fieldset>
);

/** Bytes as a file to keep. */
export const SaveBytes = ({ bytes, name, main }: { bytes: Uint8Array; name: string; main: boolean }) => {
  const [link, setLink] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }));
    setLink(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  return (
    <a class={main ? 'button button-main' : 'button'} href={link} download={name}>
      Download {name}
    </a>
  );
};

const MEGABYTE = 1e6;

export const size = (bytes: number): string =>
  bytes < MEGABYTE ? `${Math.ceil(bytes / 1_000)} kB` : `${(Math.ceil(bytes / 1e5) / 10).toFixed(1)} MB`;

export const duration = (milliseconds: number): string =>
  milliseconds < 1_000 ? `${Math.ceil(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
