import { useState } from 'preact/hooks';

type Props = {
  readonly label: string;
  readonly accept: string;
  readonly onFile: (file: { readonly name: string; readonly bytes: Uint8Array }) => void;
};

/** More than any receipt or trust file; the parsers have their own, tighter limits. */
const MOST_BYTES = 16 * 1024 * 1024;

/** A file chosen or dropped. The input covers the whole area, so keyboard, click and drop are one control. */
export const FileDrop = ({ label, accept, onFile }: Props) => {
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState('');
  const take = async (file: File | undefined): Promise<void> => {
    setOver(false);
    if (file === undefined) return;
    if (file.size > MOST_BYTES) {
      setWrong('This file is larger than 16 MB, so it is not one of ours.');
      return;
    }
    setWrong('');
    onFile({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  };
  return (
    <div class={over ? 'drop drop-over' : 'drop'}>
      <label>
        <span>{label}</span>
        <input
          type="file"
          accept={accept}
          onChange={(event) => {
            const input = event.currentTarget;
            void take(input.files?.[0]).then(() => {
              input.value = '';
            });
          }}
          onDragEnter={() => setOver(true)}
          onDragLeave={() => setOver(false)}
          onDrop={() => setOver(false)}
        />
      </label>
      {wrong !== '' && (
        <p class="small field-problem" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
};
