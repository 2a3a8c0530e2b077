import { type AnalystReport, adapterIdIn } from '@surety/sdk/page';
import { HexText } from '../../ui/hex-text.tsx';

const Items = ({ title, items, empty }: { title: string; items: readonly string[]; empty: string }) => (
  <div>
    <h4>{title}</h4>
    {items.length === 0 ? (
      <p class="quiet">{empty}</p>
    ) : (
      <ul>
        {items.map((item, index) => (
          <li key={`${index} ${item}`}>
            <HexText text={item} />
          </li>
        ))}
      </ul>
    )}
  </div>
);

/** Name and digest of a program, the digest shortened. */
const programWords = (program: string): string => program.replace(/(@[0-9a-f]{10})[0-9a-f]+$/, '$1…');

/** Of a tensor program: what naming it lets anybody check, and what that is not. */
const Commitment = ({ report: { program, execution } }: { report: AnalystReport }) =>
  execution === undefined ? null : (
    <div class="analyst-detail">
      <Items
        title={program.startsWith('hidden:') ? 'Names a private program' : 'Names its program'}
        items={[
          program,
          `adapter ${adapterIdIn(execution)}`,
          `input tensors ${execution.inputs}`,
          `output tensors ${execution.outputs}`,
        ]}
        empty=""
      />
      {program.startsWith('hidden:') ? (
        <Items title="Shows" items={['Nothing until the program is revealed: not shown equal to any.']} empty="" />
      ) : (
        <Items
          title="Whoever holds the program can check"
          items={['that this program on this input gave this output: surety verify --programs runs it again']}
          empty=""
        />
      )}
      <Items
        title="Does not prove"
        items={['that the answer is right', 'how the model was trained, or on what']}
        empty=""
      />
    </div>
  );

/** What a report rests on, and what it leaves out. */
export const ReportDetails = ({ report }: { report: AnalystReport }) => (
  <details>
    <summary>
      What it saw and did not see<span class="visually-hidden">: {report.analyst}</span>
    </summary>
    <div class="analyst-detail">
      {report.reasons.length > 1 && <Items title="Why" items={report.reasons} empty="" />}
      <Items title="Saw" items={report.saw} empty="Nothing it could use." />
      <Items title="Did not see" items={report.didNotSee} empty="It names nothing, which is itself worth doubting." />
    </div>
    <Commitment report={report} />
    {report.execution === undefined && (
      <p class="small quiet mono" title={report.program}>
        {programWords(report.program)}
      </p>
    )}
  </details>
);
