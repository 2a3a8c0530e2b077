type Props = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
};

const MOST = 1_000;

/** Why: required, plain text, published as it stands. */
export const ReasonField = ({ id, label, hint, value, onInput }: Props) => (
  <div class="field">
    <label for={id}>{label}</label>
    <textarea
      id={id}
      class="input"
      rows={3}
      maxLength={MOST}
      required
      value={value}
      aria-describedby={`${id}-hint`}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
    <p id={`${id}-hint`} class="small quiet">
      {hint}
    </p>
  </div>
);
