/**
 * A receipt's rosette: the guilloche of a banknote, drawn from the receipt's id. Two receipts can be
 * told apart at a glance; it is a picture of the id and no proof of anything.
 */

const POINTS = 480;

const round = (value: number): string => value.toFixed(2);

/** One closed curve: a circle carrying two harmonics. */
const curve = (radius: number, lobes: number, depth: number, fine: number, phase: number): string => {
  let path = '';
  for (let step = 0; step < POINTS; step++) {
    const angle = (step / POINTS) * 2 * Math.PI;
    const reach = radius * (1 + depth * Math.sin(lobes * angle + phase) + 0.09 * Math.sin(fine * angle - phase * 2));
    path += `${step === 0 ? 'M' : 'L'}${round(reach * Math.cos(angle))} ${round(reach * Math.sin(angle))}`;
  }
  return `${path}Z`;
};

/**
 * Paths of the rosette for an id, to be stroked in a `-100 -100 200 200` view box.
 * @param id hex; shorter ids are padded with zeros
 */
export const rosette = (id: string): readonly string[] => {
  const bytes = Array.from(
    { length: 16 },
    (_, index) => Number.parseInt(id.slice(index * 2, index * 2 + 2) || '0', 16) || 0,
  );
  const byte = (index: number): number => bytes[index] ?? 0;
  const paths: string[] = [];
  for (let band = 0; band < 3; band++) {
    const lobes = 5 + (byte(band * 4) % 11);
    const fine = lobes * (2 + (byte(band * 4 + 1) % 3));
    const depth = 0.1 + (byte(band * 4 + 2) / 255) * 0.16;
    const radius = 78 - band * 24;
    const turns = 5 + (byte(band * 4 + 3) % 3);
    const start = (byte(12 + band) / 255) * 2 * Math.PI;
    for (let turn = 0; turn < turns; turn++)
      paths.push(curve(radius, lobes, depth, fine, start + (turn / turns) * 2 * Math.PI));
  }
  return paths;
};
