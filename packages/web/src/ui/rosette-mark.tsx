import { useMemo } from 'preact/hooks';
import { rosette } from './rosette.ts';

/** The receipt's own guilloche; the caller says what it is. */
export const RosetteMark = ({ id, size = 120 }: { id: string; size?: number }) => {
  const paths = useMemo(() => rosette(id), [id]);
  return (
    <svg class="rosette" viewBox="-108 -108 216 216" width={size} height={size} aria-hidden="true" focusable="false">
      {paths.map((path, index) => (
        <path key={index} d={path} />
      ))}
    </svg>
  );
};
