import type { ModelVersion } from '@surety/sdk/page';
import { significant } from './drift-scale.ts';

const Row = ({ version }: { version: ModelVersion }) => {
  const { drift } = version;
  if (drift === null) return null;
  const { result, from } = drift;
  return (
    <tr>
      <th scope="row">
        {from} → {version.version}
      </th>
      {result.kind === 'measured' ? (
        <>
          <td class="number">
            {result.argmaxChanged === null ? '—' : result.argmaxChanged} of {result.probes}
          </td>
          <td class="number">{significant(Number(result.meanAbsolute))}</td>
          <td class="number">{significant(Number(result.maxAbsolute))}</td>
          <td class="number">{result.clamped}</td>
        </>
      ) : (
        <td colSpan={4}>Not comparable. {result.reason}</td>
      )}
    </tr>
  );
};

/** The chart's numbers. */
export const DriftTable = ({ versions }: { versions: readonly ModelVersion[] }) => (
  <details class="chart-table">
    <summary>Show as a table</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on a phone, and keys must reach it */}
    <section class="drift-scroll" tabIndex={0} aria-label="Drift as a table">
      <table class="table table-small">
        <thead>
          <tr>
            <th scope="col">Versions</th>
            <th scope="col" class="number">
              Changed
            </th>
            <th scope="col" class="number">
              Mean
            </th>
            <th scope="col" class="number">
              Largest
            </th>
            <th scope="col" class="number">
              Clamped
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <Row key={version.version} version={version} />
          ))}
        </tbody>
      </table>
    </section>
  </details>
);
